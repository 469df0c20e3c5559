/** What the plugin calls things. */
import { bureau, everyone, permission, verb } from "#kernel";
import { text } from "./text.ts";

/** One's own certificates. */
export const ownCertificates = permission("certificates.own", { by: everyone });
/** Those of one's own unit: number and day, without score. */
export const unitCertificates = permission("certificates.unit", { by: ["head", "unit-officer"] });
/** All within the reach, whole. */
export const seeCertificates = permission("certificates.see", { by: [...bureau, "auditor"] });
/** Revoking, printing for others, and the image of the stamp. */
export const manageCertificates = permission("certificates.manage", { by: bureau });

export const certified = verb("certified", { iri: "http://id.tincanapi.com/verb/earned", words: text.certified });
export const certificateRevoked = verb("certificate-revoked", {
  iri: "http://activitystrea.ms/schema/1.0/cancel",
  words: text.certificateRevoked,
});
