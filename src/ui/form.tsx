/** Form fields: a label tied to its input, help and error told to a screen reader. */
import type { PropsWithChildren } from "hono/jsx";
import { say, type Context } from "#kernel";
import { Fold, Notice } from "./parts.tsx";
import { text } from "./text.ts";

type FieldProps = {
  name: string;
  /** Where several forms of a page have the same field: what tells its ids apart. */ at?: string;
  label: string;
  value?: string | number | null;
  type?: string;
  help?: string;
  error?: string;
  required?: boolean;
  autocomplete?: string;
  inputmode?: "decimal" | "email" | "numeric" | "search" | "tel" | "text";
  min?: string | number;
  max?: string | number;
  maxlength?: number;
  pattern?: string;
  accept?: string;
  autofocus?: boolean;
};
export const Field = ({ name, at = name, label, value, help, error, type = "text", ...rest }: FieldProps) => (
  <div class="field">
    <label for={`f-${at}`}>{label}</label>
    <input
      id={`f-${at}`}
      name={name}
      type={type}
      value={value ?? ""}
      {...(help !== undefined || error !== undefined ? { "aria-describedby": `d-${at}` } : {})}
      {...(error === undefined ? {} : { "aria-invalid": "true" })}
      {...rest}
    />
    {(help !== undefined || error !== undefined) && (
      <p id={`d-${at}`} class={error === undefined ? "small soft" : "small error"}>
        {error ?? help}
      </p>
    )}
  </div>
);
export const TextArea = ({
  name,
  label,
  value,
  help,
  required,
  rows = 4,
}: {
  name: string;
  label: string;
  value?: string;
  help?: string;
  required?: boolean;
  rows?: number;
}) => (
  <div class="field">
    <label for={`f-${name}`}>{label}</label>
    <textarea
      id={`f-${name}`}
      name={name}
      rows={rows}
      required={required ?? false}
      {...(help === undefined ? {} : { "aria-describedby": `d-${name}` })}
    >
      {value ?? ""}
    </textarea>
    {help !== undefined && (
      <p id={`d-${name}`} class="small soft">
        {help}
      </p>
    )}
  </div>
);
export const Select = ({
  name,
  at = name,
  label,
  value,
  options,
  empty,
  required,
  help,
}: {
  name: string;
  at?: string;
  label: string;
  value?: string | null;
  options: readonly { value: string; words: string }[];
  empty?: string;
  required?: boolean;
  help?: string;
}) => (
  <div class="field">
    <label for={`f-${at}`}>{label}</label>
    <select id={`f-${at}`} name={name} required={required ?? false} {...(help === undefined ? {} : { "aria-describedby": `d-${at}` })}>
      {empty !== undefined && <option value="">{empty}</option>}
      {options.map((o) => (
        <option value={o.value} selected={o.value === value}>
          {o.words}
        </option>
      ))}
    </select>
    {help !== undefined && (
      <p id={`d-${at}`} class="small soft">
        {help}
      </p>
    )}
  </div>
);
export const Checkbox = ({
  name,
  label,
  value = "1",
  checked,
  type = "checkbox",
  required,
}: {
  name: string;
  label: string;
  value?: string;
  checked?: boolean;
  type?: "checkbox" | "radio";
  required?: boolean;
}) => (
  <label class="check">
    <input type={type} name={name} value={value} checked={checked ?? false} required={required ?? false} />
    <span>{label}</span>
  </label>
);
/** What narrows a list, asked for by address; where it is folded, `set` tells how many filters are on. */
export const Filters = ({ ctx, action, set, children }: PropsWithChildren<{ ctx: Context; action: string; set: number }>) => (
  <Fold words={say(ctx.language, set === 0 ? text.filters : text.filtersSet, { n: set })}>
    <form class="filters" action={action} role="search">
      {children}
    </form>
  </Fold>
);
/** The id of a creation, made when the form was: sent twice, it counts once. */
export const Hidden = ({ name, value }: { name: string; value: string }) => <input type="hidden" name={name} value={value} />;
export const FormError = ({ children }: PropsWithChildren) => <Notice tone="late">{children}</Notice>;
