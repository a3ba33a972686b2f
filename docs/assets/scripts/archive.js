// What the pages do in a reader's browser. Without it they read clean, and links work.

import { arrive, clearByKey } from "./arrive.js";
import { offerCopies } from "./card.js";
import { openChoice } from "./choice.js";
import { offerCitations } from "./cite.js";
import "./explain.js";
import { leadOn } from "./lost.js";
import { openReading } from "./reading.js";
import "./search.js";
import { openSharing } from "./share.js";

function open() {
  leadOn();
  openChoice();
  openReading();
  offerCitations();
  offerCopies();
  openSharing();
  arrive();
}

// The theme leaves its dialog without a name.
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
addEventListener("hashchange", arrive);
addEventListener("popstate", openChoice);
addEventListener("keydown", clearByKey);
// Material swaps pages without loading them anew, and says so here.
if (typeof document$ !== "undefined") document$.subscribe(open);
else open();
