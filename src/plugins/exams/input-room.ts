/** What the room and its browser say to each other, as types alone: the island imports them, and `input.ts` is held to them. */

export type AnswerValue =
  | { type: "single"; choice: string | null }
  | { type: "multiple"; choices: string[] }
  | { type: "truefalse"; answer: boolean | null };
/** `at`: when it was given, UTC ms, as the candidate's page reckons the server's time. */
export type SavedAnswer = { item: string; value: AnswerValue; at: number };
export type ShownItem = {
  item: string;
  n: number;
  type: "single" | "multiple" | "truefalse";
  points: number;
  stem: string;
  options?: { key: string; text: string }[] | undefined;
};
export type StartAnswer = {
  attempt: string;
  session: number;
  deadline: number;
  now: number;
  title: string;
  n: number;
  /** 0: all on one. */
  perPage: number;
  large: boolean;
  /** Milliseconds of pauses left. */
  breakLeft: number;
  onBreak: boolean;
  items: ShownItem[];
  answers: SavedAnswer[];
};
export type SaveAnswer = { seq: number; now: number; deadline: number };
export type BreakAnswer = { deadline: number; now: number; breakLeft: number; onBreak: boolean };
