/** On `/unit`: the certificates of the own people, number and day only; the score is the holder's and the officer's. In a person's file: theirs. */
import { card, isAllowed } from "#kernel";
import { myCertificates, unitsCertificates } from "./service.ts";
import { ofPersonWithin } from "./store-person.ts";
import { ownCertificates, seeCertificates, unitCertificates } from "./terms.ts";
import { OfPerson } from "./views-person.tsx";
import { OfUnit } from "./views-unit.tsx";

export const cards = [
  card({
    id: "certificates.unit",
    place: "unit",
    order: 40,
    needs: unitCertificates,
    load: (ctx) => unitsCertificates(ctx),
    view: (ctx, rows) => <OfUnit ctx={ctx} rows={rows} />,
  }),
  card({
    id: "certificates.person",
    place: "record",
    order: 20,
    needs: ownCertificates,
    load: async (ctx, { person }) => {
      const actor = ctx.allow(ownCertificates);
      if (actor.person !== person && !isAllowed(actor, seeCertificates)) return null;
      const rows = await (actor.person === person ? myCertificates(ctx) : ofPersonWithin(ctx, ctx.reach(seeCertificates), person));
      return rows.length === 0 ? null : rows;
    },
    view: (ctx, rows) => <OfPerson ctx={ctx} rows={rows} />,
  }),
];
