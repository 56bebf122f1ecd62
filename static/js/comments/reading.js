// Extras on the page where a coach reads along: selected words, and j and k between threads.
// Without this file each paragraph still has its button.
import { watchDialogs } from "../dialog.js";
import { codePoints } from "./codepoints.js";

const LONGEST_SHOWN = 40;

/** The text nodes of a paragraph that are in the answer; removed words are shown, but not there. */
function* textNodes(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("del")) yield walker.currentNode;
  }
}

/** Code points of the paragraph before one end of a range. */
function offsetOf(paragraph, container, at) {
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(container, at);
  let count = 0;
  for (const node of textNodes(paragraph)) {
    if (!before.intersectsNode(node)) break;
    count += codePoints(node.data, node === container ? at : node.length);
    if (node === container) break;
  }
  return count;
}

/** The words that are selected inside one paragraph: start and end in the answer, or null. */
export function selectedWords(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const holder = range.commonAncestorContainer;
  const paragraph = (holder.parentElement ?? holder).closest?.("[data-part]") ?? holder.closest?.("[data-part]");
  if (!paragraph) return null;
  const first = Number(paragraph.dataset.start);
  const start = first + offsetOf(paragraph, range.startContainer, range.startOffset);
  const end = first + offsetOf(paragraph, range.endContainer, range.endOffset);
  return start < end ? { paragraph, start, end, text: selection.toString().trim() } : null;
}

function label(words) {
  const short = words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)} …` : words;
  return `Opmerking bij “${short}”`;
}

/** The button of the paragraph speaks of the selected words; the others of their paragraph. */
function offer(link, words) {
  link.dataset.href ??= link.getAttribute("href");
  link.dataset.label ??= link.innerHTML;
  const target = new URL(link.dataset.href, location.href);
  if (words) {
    target.searchParams.set("van", words.start);
    target.searchParams.set("tot", words.end);
    link.textContent = label(words.text);
  } else {
    link.innerHTML = link.dataset.label;
  }
  link.href = target;
}

function follow() {
  const selection = document.getSelection();
  // A tap on the button drops the selection before the click comes: keep what it offers.
  if (selection.isCollapsed && selection.anchorNode?.parentElement?.closest("[data-remark]")) return;
  const words = selectedWords(selection);
  for (const link of document.querySelectorAll("[data-remark]")) {
    const mine = words && link.parentElement.contains(words.paragraph);
    if (mine || link.dataset.href) offer(link, mine ? words : null);
  }
}

/** j and k go from thread to thread, only when one of them already has the focus. */
function walk(event) {
  const here = event.target.closest?.("[data-talk]");
  const step = { j: 1, k: -1 }[event.key];
  if (!here || !step || event.target.matches("textarea, input") || event.ctrlKey || event.metaKey) return;
  const all = [...document.querySelectorAll("[data-talk]")];
  all[all.indexOf(here) + step]?.focus();
}

watchDialogs();
document.addEventListener("selectionchange", follow);
document.addEventListener("keydown", walk);
// Words that were selected before this file came in.
follow();
