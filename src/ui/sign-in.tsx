/** Name and password, as the page of signing in asks them and every page that wants it. */
import { say, type Context } from "#kernel";
import { Field, Hidden } from "./form.tsx";
import { Sheet } from "./parts.tsx";
import { text } from "./text.ts";

export const SignInForm = ({
  ctx,
  then,
  username = "",
  password = "",
}: {
  ctx: Context;
  /** Where one goes on to. */ then: string | undefined;
  username?: string;
  password?: string;
}) => (
  <Sheet>
    <form method="post" action="/sign-in">
      {then !== undefined && <Hidden name="then" value={then} />}
      <Field name="username" label={say(ctx.language, text.username)} value={username} autocomplete="username" required maxlength={100} />
      <Field
        name="password"
        label={say(ctx.language, text.password)}
        type="password"
        value={password}
        autocomplete="current-password"
        required
        maxlength={200}
      />
      <button class="btn go">{say(ctx.language, text.signIn)}</button>
    </form>
    <p class="small soft">{say(ctx.language, text.noLinkYet)}</p>
  </Sheet>
);
