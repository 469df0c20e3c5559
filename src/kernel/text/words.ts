import { catalogue } from "./text.ts";

/** The kernel's own words. */
export const kernelText = catalogue("kernel", {
  notFound: ["没有这一页，或者不在您的管理范围内", "There is no such page, or it is outside your reach"],
  forbidden: ["您没有做这件事的权限", "You do not have the permission for this"],
  signIn: ["请先登录", "Please sign in first"],
  setPassword: ["请先设置密码", "Please set a password first"],
  invalid: ["填写的内容有问题，请看下面的说明", "Some of what was entered does not fit; see below"],
  invalidField: ["“{field}”不符合要求：{why}", "“{field}” does not fit: {why}"],
  missingField: ["少了一项：{field}", "One thing is missing: {field}"],
  notForm: ["请求的内容不是合法的表单", "The body is not a valid form"],
  notJson: ["请求的内容不是合法的 JSON", "The body is not valid JSON"],
  conflict: [
    "在您操作的同时，内容已经变了。请刷新后再试；没有写入任何东西",
    "It changed while you worked. Reload and try again; nothing was written",
  ],
  idTaken: ["这个编号已经用于别的内容", "This id is already used for something else"],
  busy: ["系统正忙，请稍后再试", "Busy at the moment; please try again shortly"],
  tooLarge: ["内容太大：最多 {limit}", "Too large: at most {limit}"],
  crossSite: ["这个请求不是从本站页面发出的，已拒绝", "This request did not come from this site's own pages and was refused"],
  failed: ["系统出错了。没有保存的内容请保留，稍后再试", "Something went wrong. Keep what is not saved and try again later"],
});
