/** Instants and days. An instant is UTC milliseconds; a day is `YYYY-MM-DD` in the deployment's zone, inclusive at both ends. */
import { z } from "zod";
import type { Language } from "./text.ts";

export type Instant = number;
/** A calendar day that exists, `YYYY-MM-DD`. */
export const day = z.iso.date().brand<"Day">();
export type Day = z.infer<typeof day>;

const parts = new Map<string, Intl.DateTimeFormat>();
const partsIn = (zone: string) => {
  let format = parts.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    parts.set(zone, format);
  }
  return format;
};
const fields = (at: Instant, zone: string) => {
  const found: Record<string, string> = {};
  for (const part of partsIn(zone).formatToParts(at)) found[part.type] = part.value;
  return {
    year: found["year"] ?? "",
    month: found["month"] ?? "",
    day: found["day"] ?? "",
    hour: found["hour"] ?? "",
    minute: found["minute"] ?? "",
    second: found["second"] ?? "",
  };
};
/** The day on which an instant falls in a zone. */
export const dayOf = (at: Instant, zone: string): Day => {
  const f = fields(at, zone);
  return day.parse(`${f.year}-${f.month}-${f.day}`);
};
/** `HH:MM:SS` in the zone, 24 hours. */
export const clock = (at: Instant, zone: string): string => {
  const f = fields(at, zone);
  return `${f.hour}:${f.minute}:${f.second}`;
};
/** The day `n` days later (earlier when negative). */
export const addDays = (from: Day, n: number): Day =>
  day.parse(new Date(Date.parse(`${from}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10));
/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
/** The first instant of a day in a zone (the later one where a clock change repeats or skips midnight). */
export const startOfDay = (on: Day, zone: string): Instant => {
  const naive = Date.parse(`${on}T00:00:00Z`);
  let guess = naive;
  for (let round = 0; round < 3; round++) {
    const f = fields(guess, zone);
    const shown = Date.parse(`${f.year}-${f.month}-${f.day}T${f.hour}:${f.minute}:${f.second}Z`);
    const off = shown - guess;
    if (naive - off === guess) break;
    guess = naive - off;
  }
  return guess;
};
/** The moment a day is over: a deadline on that day holds up to, not including, this instant. */
export const endOfDay = (on: Day, zone: string): Instant => startOfDay(addDays(on, 1), zone);
/** A day in words: 2026年11月24日. */
export const dayWords = (on: Day, language: Language): string => {
  const [y = "", m = "", d = ""] = on.split("-");
  return language === "zh" ? `${y}年${Number(m)}月${Number(d)}日` : on;
};
/** A moment in words, in the zone: 2026年11月24日 14:03. */
export const momentWords = (at: Instant, zone: string, language: Language): string =>
  `${dayWords(dayOf(at, zone), language)} ${clock(at, zone).slice(0, 5)}`;
