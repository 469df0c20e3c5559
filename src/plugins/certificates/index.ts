/** The face of certificates: issuing within another's commit, and what lists need. */
export { certificatesOf, checkCode, issue, issueAll, titlesOf } from "./service.ts";
export type { Issue } from "./service.ts";
export { certified, certificateRevoked } from "./terms.ts";
