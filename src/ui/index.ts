/** The face of #ui: the shell and the few parts that pages share. */
export { shell } from "./shell.tsx";
export * from "./parts.tsx";
export { CountChart, RateChart } from "./chart.tsx";
export { SignInForm } from "./sign-in.tsx";
export { Field, Select, Hidden, TextArea, Checkbox, Filters, FormError } from "./form.tsx";
