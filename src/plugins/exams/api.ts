/** The API of exams (CONTRACTS.md): HTTP only. */
import { endpoints } from "#kernel";
import {
  attemptPath,
  breakAnswer,
  breakInput,
  examAnswer,
  examInput,
  examPath,
  myExams,
  publishAnswer,
  resultShape,
  saveAnswer,
  saveInput,
  startAnswer,
  startInput,
  stateShape,
  submitQuery,
} from "./input.ts";
import { createExam } from "./service/plan.ts";
import { publishExam } from "./service/publish.ts";
import { attemptState, listMine, saveAnswers, startAttempt, submitAttempt, takeBreak } from "./service/sit.ts";
import { ownExams, planExams, sitExams } from "./terms.ts";

export const api = endpoints()
  .on(
    "GET",
    "/exams",
    ownExams,
    { summary: "Sittings that one may sit now, soon or lately, or has sat", answer: myExams },
    async ({ ctx }) => ({
      sittings: (await listMine(ctx)).map(({ sitting: s, attempts, counts, state }) => ({
        exam: s.exam,
        sitting: s.id,
        title: s.examTitle,
        opens: s.opensAt,
        closes: s.closesAt,
        minutes: s.minutes,
        tries: s.tries,
        used: attempts.length,
        pass: s.pass / 100,
        excellent: s.excellent === null ? null : s.excellent / 100,
        state,
        best: counts?.score == null ? null : counts.score / 100,
        passed: counts?.passed === true,
      })),
    }),
  )
  .on(
    "POST",
    "/exams",
    planExams,
    { summary: "Create an exam as a draft: blueprint and sittings", body: examInput, answer: examAnswer, status: 201 },
    ({ ctx }, { body }) => createExam(ctx, body),
  )
  .on(
    "POST",
    "/exams/:id/publish",
    planExams,
    { summary: "Publish all sittings: blueprint, pool and rooms are frozen", query: examPath, answer: publishAnswer },
    ({ ctx }, { query }) => publishExam(ctx, { exam: query.id }),
  )
  .on(
    "POST",
    "/exams/:id/attempts",
    sitExams,
    { summary: "Start an attempt, or go on with the one that runs", query: examPath, body: startInput, answer: startAnswer },
    ({ ctx }, { query, body }) => startAttempt(ctx, { ...body, exam: query.id }),
  )
  .on(
    "PUT",
    "/attempts/:id/answers",
    sitExams,
    {
      summary: "Save answers; for each item the highest (session, seq) wins. An empty list says that the candidate is there",
      query: attemptPath,
      body: saveInput,
      answer: saveAnswer,
      recent: true,
    },
    ({ ctx }, { query, body }) => saveAnswers(ctx, { ...body, id: query.id }),
  )
  .on(
    "POST",
    "/attempts/:id/break",
    sitExams,
    { summary: "Begin or end a pause, where one was granted", query: attemptPath, body: breakInput, answer: breakAnswer },
    ({ ctx }, { query, body }) => takeBreak(ctx, { ...body, id: query.id }),
  )
  .on(
    "POST",
    "/attempts/:id/submit",
    sitExams,
    { summary: "Hand in and grade", query: submitQuery, answer: resultShape },
    ({ ctx }, { query }) => submitAttempt(ctx, query),
  )
  .on(
    "GET",
    "/attempts/:id",
    ownExams,
    { summary: "How an attempt stands", query: attemptPath, answer: stateShape },
    ({ ctx }, { query }) => attemptState(ctx, query.id),
  );
