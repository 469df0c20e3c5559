/** All imports: the upload, and what became of each. */
import { momentWords, newId, type Context, type Words } from "#kernel";
import { Empty, Field, FormError, Hidden, Select, Sheet, Table, Tag, type Tone } from "#ui";
import { importId } from "./input.ts";
import type { ImportKind } from "./rules-headers.ts";
import type { Import } from "./store-import.ts";
import { text } from "./text.ts";
import { t } from "./views-roster.tsx";

/** What a state is called, and its tone. */
export const stateWords: Record<Import["state"], Words> = {
  reading: text.importState_reading,
  ready: text.importState_ready,
  committing: text.importState_committing,
  done: text.importState_done,
  undoing: text.importState_undoing,
  undone: text.importState_undone,
  failed: text.importState_failed,
};
export const stateTone: Record<Import["state"], Tone> = {
  reading: "due",
  ready: "due",
  committing: "due",
  done: "done",
  undoing: "due",
  undone: "",
  failed: "late",
};

export const ImportsPage = ({
  ctx,
  base,
  list,
  problem,
  kinds,
}: {
  ctx: Context;
  base: string;
  list: readonly Import[];
  problem: string | null;
  kinds: readonly ImportKind[];
}) => (
  <>
    <h1>{t(ctx, text.imports)}</h1>
    <p>{t(ctx, text.importIntro)}</p>
    {problem !== null && <FormError>{problem}</FormError>}
    <Sheet next>
      <form method="post" action={base} enctype="multipart/form-data" class="stack">
        <Hidden name="id" value={newId(importId)} />
        {kinds.length === 1 ? (
          <Hidden name="kind" value={kinds[0] ?? "people"} />
        ) : (
          <Select
            name="kind"
            label={t(ctx, text.importWhat)}
            value="people"
            options={[
              { value: "people", words: t(ctx, text.people) },
              { value: "units", words: t(ctx, text.units) },
            ]}
            required
          />
        )}
        <Field name="file" type="file" label={t(ctx, text.importFile)} accept=".xlsx,.csv,.txt,.tsv" required />
        <button class="btn go">{t(ctx, text.importUpload)}</button>
      </form>
    </Sheet>
    {list.length === 0 ? (
      <Empty>{t(ctx, text.importNone)}</Empty>
    ) : (
      <Table
        caption={t(ctx, text.imports)}
        head={[
          t(ctx, text.importTime),
          t(ctx, text.importWhat),
          t(ctx, text.importState),
          { r: t(ctx, text.countNew) },
          { r: t(ctx, text.countChanged) },
          { r: t(ctx, text.countRefused) },
        ]}
      >
        {list.map((row) => (
          <tr>
            <td>
              <a href={`${base}/${row.id}`}>{momentWords(row.createdAt, ctx.zone, ctx.language)}</a>{" "}
              <span class="small soft">{row.name}</span>
            </td>
            <td>{t(ctx, row.kind === "people" ? text.people : text.units)}</td>
            <td>
              <Tag tone={stateTone[row.state]}>{t(ctx, stateWords[row.state])}</Tag>
            </td>
            <td class="r num">{row.counts?.new ?? "—"}</td>
            <td class="r num">{row.counts?.changed ?? "—"}</td>
            <td class="r num">{row.counts?.refused ?? "—"}</td>
          </tr>
        ))}
      </Table>
    )}
  </>
);
