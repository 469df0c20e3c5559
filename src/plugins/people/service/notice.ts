/** The 告知书 (个人信息保护法 17, 35): shown at the first sign-in and when it has a new version; its showing is recorded. */
import { z } from "zod";
import { commit, readBody, readSetting, type Context } from "#kernel";
import { noteNotice } from "../store-sign-in.ts";
import { ownAccount } from "../terms.ts";

/** A version of the notice: its paragraphs, each with a heading. */
export const noticeSchema = z.object({ version: z.number().int(), parts: z.array(z.object({ heading: z.string(), text: z.string() })) });
export type DataNotice = z.infer<typeof noticeSchema>;

/** Until the bureau writes its own. {body} and {contact} are filled in when it is shown. */
const first: DataNotice = {
  version: 2,
  parts: [
    { heading: "谁在处理", text: "{body}。联系方式：{contact}。" },
    {
      heading: "为什么处理",
      text: "组织和记录国家工作人员与教育机构人员的学法、考试和培训，依据法治宣传教育法等法律规定的职责；机关、事业单位人员的信息按履行法定职责处理，民办机构人员的信息按监督管理职责处理，不以您的同意为前提（个人信息保护法第十三条第一款第三项）。",
    },
    {
      heading: "处理哪些",
      text: "姓名、单位与任职、登录号；单位填报的工号、手机号、邮箱；学习、考试、证书和培训记录；登录时间与网络地址。一般不收身份证号；单位确需填报的加密保存，每次查看都有记录。",
    },
    {
      heading: "保存多久",
      text: "学习、考试、证书和培训记录在任职期间保存；离任后按履职报告、监督检查和档案管理的要求保存到规定的期限，期满删除或匿名化，期限可以向上面的联系人询问。网络日志保存不少于六个月（依据网络安全法）。数据存放在中华人民共和国境内。",
    },
    {
      heading: "谁能看到",
      text: "您本人；本单位负责人和普法联络员能看到完成与否、是否合格和证书编号；教育局负责这项工作的人员。对外公布的只有统计数字。",
    },
    {
      heading: "您的权利",
      text: "您可以查阅、复制、要求更正自己的信息，在法律规定的情形下可以要求删除。请联系上面的联系人，或在“学法档案”中查看和导出。",
    },
  ],
};

/** The notice in force. */
export const readNotice = (ctx: Context): Promise<DataNotice> => readSetting(ctx, "people.notice", noticeSchema, first);
/** The notice in force with the body's name and contact. */
export const showNotice = async (ctx: Context): Promise<DataNotice> => {
  const [notice, body] = await Promise.all([readNotice(ctx), readBody(ctx)]);
  const filled = (part: string) =>
    part.replaceAll("{body}", body.name).replaceAll("{contact}", body.contact || "向本单位或局里负责普法的科室询问");
  return { version: notice.version, parts: notice.parts.map((p) => ({ heading: p.heading, text: filled(p.text) })) };
};
/** Records that the notice was shown to the actor. */
export const noticeSeen = async (ctx: Context, version: number): Promise<void> => {
  const actor = ctx.allow(ownAccount);
  await commit(ctx, {
    statements: [noteNotice(ctx, actor.person, version)],
    audit: { command: "people.notice.shown", object: { kind: "person", id: actor.person }, note: String(version) },
  });
};
