/** What stands in the room's place while no paper can be answered: loading, taken over, failed, paused, handed in. */
import type { Desk } from "./exam-desk.island.ts";
import { minutesAndSeconds, SignIn, type Say } from "./exam-parts.island.tsx";

/** @param back The exam's page. @param signIn Where to sign in again, coming back here. */
export function Word({ desk, t, back, signIn }: { desk: Desk; t: Say; back: string; signIn: string }) {
  const { phase } = desk;
  if (phase.is === "taken")
    return (
      <main class="room-word">
        <div role="alert" class="stack">
          <h1>{t("takenTitle")}</h1>
          <p>{t("takenText")}</p>
          {desk.unsent.size > 0 && <p>{t("takenUnsent", { count: desk.unsent.size })}</p>}
          <p>
            <button type="button" class="btn go" onClick={() => void desk.open()}>
              {t("takenBack")}
            </button>
          </p>
        </div>
      </main>
    );
  if (phase.is === "failed")
    return (
      <main class="room-word">
        <div role="alert" class="stack">
          <h1>{t("failedTitle")}</h1>
          <p>{phase.words}</p>
          <p class="line">
            <button type="button" class="btn" onClick={() => void desk.open()}>
              {t("retry")}
            </button>
            <a class="btn" href={back}>
              {t("exam")}
            </a>
          </p>
        </div>
      </main>
    );
  if (phase.is === "paused" && desk.paper !== undefined)
    return (
      <main class="room-word">
        <h1>{t("pausedTitle")}</h1>
        <p>{t("pausedText", { time: minutesAndSeconds(desk.breakLeftNow()) })}</p>
        <p>
          <button type="button" class="btn go" onClick={() => void desk.pause(false)}>
            {t("resume")}
          </button>
        </p>
      </main>
    );
  return (
    <main class="room-word">
      <h1>{t("roomTitle")}</h1>
      <p role="status">
        {t(phase.is === "done" ? "submitted" : phase.is === "closing" ? (phase.why === "over" ? "over" : "submitting") : "loading")}
      </p>
      {desk.network === "offline" && <p>{t("offline", { count: desk.unsent.size })}</p>}
      {desk.network === "signed-out" && <SignIn t={t} href={signIn} />}
    </main>
  );
}
