import { definePlugin } from "#kernel";
import { api } from "./api.ts";
import { cards } from "./cards.tsx";
import { pages } from "./pages.tsx";
import * as tables from "./schema.ts";
import { certificateRevoked, certified, manageCertificates, ownCertificates, seeCertificates, unitCertificates } from "./terms.ts";
import { text } from "./text.ts";

/** Certificates: numbers that cannot be guessed, a drawing to hang up, and public verification that an altered print fails. */
export const certificates = definePlugin({
  id: "certificates",
  permissions: [ownCertificates, unitCertificates, seeCertificates, manageCertificates],
  verbs: [certified, certificateRevoked],
  nav: [
    { path: "/certificates", words: text.mine, needs: ownCertificates, area: "learn", order: 110 },
    { path: "/admin/certificates", words: text.admin, needs: seeCertificates, area: "admin", order: 60 },
  ],
  cards,
  pages,
  api,
  tables,
});
