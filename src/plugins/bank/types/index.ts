/** The registry of question types, by id. */
import { multiple } from "./multiple.tsx";
import { single } from "./single.tsx";
import { truefalse } from "./truefalse.tsx";
import type { TypeId } from "./ids.ts";
import type { QuestionType } from "./type.ts";

export const questionTypes: Readonly<Record<TypeId, QuestionType>> = { single, multiple, truefalse };
export { multiple, single, truefalse };
export { typeIds, type TypeId } from "./ids.ts";
