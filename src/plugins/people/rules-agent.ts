/** What a browser calls itself, in the few words by which a person knows the own devices. */
const browsers = [
  ["wecom", /wxwork/i],
  ["wechat", /micromessenger/i],
  ["dingtalk", /dingtalk/i],
  ["edge", /\bEdg(?:e|A|iOS)?\//],
  ["firefox", /firefox|FxiOS/i],
  ["chrome", /chrome|CriOS/i],
  ["safari", /safari/i],
] as const;
export type BrowserName = (typeof browsers)[number][0];
/** A phone (a tablet too) or a computer, and the browser; null where it is none of those. Those that call themselves another's name come first. */
export const agentOf = (agent: string): { phone: boolean; browser: BrowserName } | null => {
  const browser = browsers.find(([, pattern]) => pattern.test(agent))?.[0];
  return browser === undefined ? null : { phone: /mobile|android|iphone|ipad|harmony/i.test(agent), browser };
};
