// Addresses from before the raw file was replaced: the same walk as build_tools.addresses.resolve.

/**
 * Where words first…last of a former raw file are now: {low, high, kept, nearest}, low and high 0 where
 * they are gone; nothing where no such file had them. Its words that were kept (=), exchanged (~), gone (-)
 * and new (+), in order, up to the page's last word.
 */
export function resolve(first, last, begin) {
  const former = document.querySelector(".dateline")?.dataset.former ?? "";
  for (const [, from, runs] of former.matchAll(/(\d+):(\S+)/g)) {
    let [old, now, low, high, kept, nearest] = [Number(from), begin, 0, 0, 0, 0];
    if (first < old) continue;
    for (const [, count, change] of runs.matchAll(/(\d+)([=~+-])/g)) {
      const size = Number(count);
      const [start, end] = [Math.max(old, first), Math.min(old + size - 1, last)];
      const stays = change === "=" || change === "~";
      if (change !== "+" && start <= end) {
        nearest ||= now + (stays ? start - old : 0);
        if (stays) {
          low ||= now + start - old;
          high = now + end - old;
        }
        if (change === "=") kept += end - start + 1;
      }
      if (change !== "+") old += size;
      if (change !== "-") now += size;
    }
    if (last < old) return { low, high, kept, nearest: low || Math.min(nearest, now - 1) };
  }
}
