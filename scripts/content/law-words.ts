/**
 * What writers of law get wrong and a program can see (COURSES.md of the design, "What writers get wrong"): old names, old
 * numbers, days, who is punished. Each is looked for sentence by sentence. What teaches the old (a trap, 旧、以前、修订前) is let be.
 */
import { mentionsIn, type Citation } from "../../src/plugins/statutes/rules.ts";

/** Names that bodies and laws no longer have. */
const oldNames: readonly (readonly [old: RegExp, now: string])[] = [
  [/公安(机关)?消防机构/, "消防救援机构"],
  [/工商局|工商行政管理|工商部门|国家工商/, "市场监督管理部门"],
  [/质监局|质量技术监督/, "市场监督管理部门"],
  [/食药监|食品药品监督管理/, "市场监督管理部门或者药品监督管理部门"],
  [/卫计委|卫生计生|卫生和计划生育/, "卫生健康部门"],
  [/国税局|地税局/, "税务机关"],
  [/国土局|国土资源/, "自然资源部门"],
  [/人力资源和社会劳动保障|劳动局/, "人力资源和社会保障部门"],
  [/行政监察法/, "监察法"],
  [/信访条例/, "信访工作条例"],
  [/学位条例/, "学位法"],
  [/(?<!非)教委/, "教育行政部门"],
];

/** An article that had another number, or a limit that has changed: `cites` where the sentence says `about`. */
type OldNumber = { readonly statute: string; readonly cites: number | null; readonly about: RegExp; readonly now: string };
const oldNumbers: readonly OldNumber[] = [
  { statute: "xingzhengchufafa", cites: 33, about: /当场(作出|处罚)/, now: "当场处罚在第五十一条（旧第三十三条）" },
  { statute: "xingzhengchufafa", cites: 42, about: /听证/, now: "听证在第六十三、六十四条（旧第四十二条）" },
  { statute: "xingzhengchufafa", cites: 38, about: /法制审核/, now: "法制审核在第五十八条（旧第三十八条）" },
  { statute: "xingzhengchufafa", cites: 29, about: /时效|(二|两)年内/, now: "时效在第三十六条（旧第二十九条）" },
  {
    statute: "xingzhengchufafa",
    cites: null,
    about: /当场.*(五十元|50元|一千元|1000元|1,000元)以下/,
    now: "当场处罚：公民二百元以下、单位三千元以下",
  },
  {
    statute: "xingzhengchufafa",
    cites: null,
    about: /(三|3)日内.*(要求|提出)听证|听证.*(三|3)日内(提出|要求)/,
    now: "要求听证是在告知后五日内",
  },
  { statute: "xingzhengfuyifa", cites: 9, about: /六十日|60日|申请(行政)?复议/, now: "申请期限在第二十条（旧第九条）" },
  {
    statute: "xingzhengfuyifa",
    cites: null,
    about: /区教育局.*(复议|市教委|市教育局).*(市教委|市教育局)/,
    now: "区教育局的决定只向区人民政府申请复议（第二十四条）",
  },
  { statute: "fanbuzhengdangjingzhengfa", cites: 8, about: /虚假|引人误解/, now: "虚假宣传在第九条（旧第八条）" },
  { statute: "fanbuzhengdangjingzhengfa", cites: 20, about: /虚假|引人误解|罚款/, now: "虚假宣传的罚则在第二十五条（旧第二十条）" },
  { statute: "wangluoanquanfa", cites: 21, about: /日志/, now: "日志留存在第二十三条（旧第二十一条）" },
  {
    statute: "minfadian",
    cites: null,
    about: /十周岁以上.*限制民事行为能力|(?<!二|三|四)10周岁.*限制民事/,
    now: "限制民事行为能力从八周岁起（民法典第十九、二十条）",
  },
];

/** Sentences that say days or parties otherwise than the law does. */
type Slip = {
  readonly about: RegExp;
  readonly cites: (c: Citation) => boolean;
  readonly unless?: RegExp;
  readonly words: string;
  readonly level: "error" | "hint";
};
const of =
  (statute: string, ...numbers: number[]) =>
  (c: Citation) =>
    c.statute === statute && (numbers.length === 0 || numbers.includes(c.number));
const slips: readonly Slip[] = [
  {
    about: /(十五|九十|15|90)(个)?工作日/,
    cites: of("xingzhengchufafa"),
    words: "行政处罚法第八十五条只把二、三、五、七日算作工作日，十五日、九十日不在其中",
    level: "error",
  },
  {
    about: /(二|三|五|七|2|3|5|7)个?自然日/,
    cites: of("xingzhengchufafa"),
    words: "行政处罚法的二、三、五、七日是工作日（第八十五条）",
    level: "error",
  },
  {
    about: /罚款/,
    cites: of("minbanjiaoyucujinfa", 64),
    unless: /举办者/,
    words: "民办教育促进法第六十四条罚的是举办者，不是机构",
    level: "hint",
  },
  {
    about: /(改变|变更|增设|分支|地址|教学点)/,
    cites: (c) => of("minbanjiaoyucujinfa", 62)(c) && c.item === 2,
    words: "擅自改变地址、设分支是条例第六十三条第（九）项，不是民办教育促进法第六十二条第（二）项",
    level: "hint",
  },
  {
    about: /(未|不|没有?)(办理?|进行)?(社会保险)?登记/,
    cites: of("shehuibaoxianfa", 86),
    words: "不办社会保险登记是第八十四条，第八十六条是欠缴",
    level: "hint",
  },
  { about: /欠缴|未按时足额/, cites: of("shehuibaoxianfa", 84), words: "欠缴社会保险费是第八十六条，第八十四条是不办登记", level: "hint" },
  {
    about: /二倍(的)?工资|双倍工资|两倍工资/,
    cites: of("laodonghetongfa"),
    unless: /一个月|满一|次日|无固定期限|十一个月|11个月|条例/,
    words: "二倍工资从用工满一个月的次日起，最多到满一年（实施条例第六条），写清楚",
    level: "hint",
  },
  {
    about: /公众聚集场所/,
    cites: of("xiaofangfa", 15, 58),
    words: "培训机构不在公众聚集场所之列（消防法第七十三条），不能以第十五条、第五十八条定答案",
    level: "hint",
  },
  {
    about: /(立即|马上|当天|今天)(就)?(停|停止).*(课|工作)/,
    cites: of("weichengnianrenbaohufa", 62),
    words: "未成年人保护法第六十二条要求查询、发现后及时解聘；“当天停课”是稳妥做法，不是原文",
    level: "hint",
  },
];

const teachesOld = /旧|以前|从前|过去|修订前|修正前|修改前|原来|曾经|原第|早年|老|不再|而不是|不是/;
export type Finding = { readonly at: number; readonly words: string; readonly level: "error" | "hint" };
/** Where blocks stand in which an old rule may be told. */
const traps = (text: string): [number, number][] =>
  [...text.matchAll(/^:::trap[\s\S]*?^:::\s*$/gm)].map((m) => [m.index, m.index + m[0].length]);
/** What each citation of a sentence stands behind: the words between it and the citation before it. */
const claimsIn = (sentence: string): { claim: string; citation: Citation }[] => {
  let from = 0;
  return mentionsIn(sentence).flatMap((mention) => {
    const claim = sentence.slice(from, mention.at);
    from = mention.at + mention.raw.length;
    return mention.is === "citation" ? [{ claim, citation: mention.citation }] : [];
  });
};
/**
 * Everything of this kind in one text.
 * @param around what stands around a short text: an option leans on its question's explanation
 */
export const findSlips = (text: string, around: string = text): Finding[] => {
  const inTrap = (at: number) => traps(text).some(([from, to]) => from <= at && at < to);
  const nearby = new Set(mentionsIn(around).flatMap((m) => (m.is === "citation" ? [m.citation.statute] : [])));
  const findings: Finding[] = [];
  for (const sentence of text.matchAll(/[^。！？\n]+[。！？\n]?/g)) {
    const [words] = sentence;
    const at = sentence.index;
    if (inTrap(at) || teachesOld.test(words)) continue;
    const add = (level: Finding["level"], found: string) => findings.push({ at, level, words: found });
    const claims = claimsIn(words);
    const statutes = claims.length > 0 ? new Set(claims.map((c) => c.citation.statute)) : nearby;
    for (const [old, now] of oldNames) if (old.test(words)) add("error", `旧名称“${old.exec(words)?.[0]}”：现在是${now}`);
    for (const { statute, cites, about, now } of oldNumbers)
      if (
        cites === null
          ? about.test(words) && statutes.has(statute)
          : claims.some(({ claim, citation }) => citation.statute === statute && citation.number === cites && about.test(claim))
      )
        add("error", `旧条文或者旧数字：${now}`);
    for (const { cites, about, unless, words: what, level } of slips)
      if (!unless?.test(words) && claims.some(({ claim, citation }) => cites(citation) && about.test(claim))) add(level, what);
  }
  return findings;
};
