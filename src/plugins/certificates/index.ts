/** The face of certificates: issuing and taking back within another's commit, and what lists need. */
export { certificatesOf, checkCode, issue, issueAll, titlesOf } from "./service.ts";
export { revokeAll, revokeCertificate } from "./service-revoke.ts";
export type { Issue } from "./service.ts";
export { certified, certificateRevoked, manageCertificates } from "./terms.ts";
