/** The fieldset that all choices share: real radios or checkboxes, and after grading words, never colour alone. */
import { say } from "#kernel";
import { text } from "../text.ts";
import type { FieldsetProps, Option } from "./type.ts";

/** A, B, C … as options are shown. */
export const letterOf = (n: number): string => String.fromCharCode(65 + n);

type Props = Omit<FieldsetProps, "value" | "right"> & {
  kind: "radio" | "checkbox";
  options: readonly (Option & { letter?: string })[];
  hint: string;
  chosen: readonly string[];
  keys: readonly string[] | null;
};
export const Choices = ({ shown, name, language, kind, options, hint, chosen, keys }: Props) => (
  <fieldset class="choices">
    <legend>
      <span class="stem">{shown.stem}</span> <span class="small soft">{hint}</span>
    </legend>
    {options.map((option) => (
      <label class={`choice${keys?.includes(option.key) ? " right" : ""}`}>
        <input
          type={kind}
          name={name}
          value={option.key}
          checked={chosen.includes(option.key)}
          disabled={keys !== null}
          required={kind === "radio" && keys === null}
        />
        <span>
          {option.letter !== undefined && <b>{option.letter} </b>}
          {option.text}
          {keys !== null && chosen.includes(option.key) && <span class="tag">{say(language, text.yours)}</span>}
          {keys?.includes(option.key) && <span class="tag done">{say(language, text.answer)}</span>}
        </span>
      </label>
    ))}
  </fieldset>
);
