/** On `/unit`: the certificates of the own people, number and day only; the score is the holder's and the officer's. */
import { card } from "#kernel";
import { unitsCertificates } from "./service.ts";
import { unitCertificates } from "./terms.ts";
import { OfUnit } from "./views.tsx";

export const cards = [
  card({
    id: "certificates.unit",
    place: "unit",
    order: 40,
    needs: unitCertificates,
    load: (ctx) => unitsCertificates(ctx),
    view: (ctx, rows) => <OfUnit ctx={ctx} rows={rows} />,
  }),
];
