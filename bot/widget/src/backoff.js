/** Trying again: how long to wait, and doing it. */

export const RETRIES = 3;
const FIRST_MS = 1000;
const MOST_MS = 8000;

/** Milliseconds before retry n (from 0): 1, 2, 4 … seconds, each shortened by up to a half, so that not all come back at once. */
export const pauseBefore = (n, random = Math.random) => Math.min(MOST_MS, FIRST_MS * 2 ** n) * (1 - random() / 2);

/** Resolves after ms, rejects with the signal's reason when that comes first. */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => { clearTimeout(timer); reject(signal.reason); };
    const timer = setTimeout(() => { signal?.removeEventListener("abort", stop); resolve(); }, ms);
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/**
 * What `attempt` resolves to. An error that `again(error)` accepts is tried up to RETRIES times more; the last error is thrown.
 * onRetry: called before each pause. wait: (ms) => promise.
 */
export async function withRetries(attempt, { again, onRetry = () => {}, wait = pause, random = Math.random }) {
  for (let n = 0; ; n += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (n >= RETRIES || !again(error)) throw error;
      onRetry(n);
      await wait(pauseBefore(n, random));
    }
  }
}
