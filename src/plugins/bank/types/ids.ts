/** The ids of question types, apart so that the schema needs no markup. */
export const typeIds = ["single", "multiple", "truefalse"] as const;
export type TypeId = (typeof typeIds)[number];
