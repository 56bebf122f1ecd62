// A device of somebody else keeps nothing of a plan once she signed out.
import { wipeAtSignOut } from "./draft.js";

document.querySelectorAll("[data-unsaved]").forEach(wipeAtSignOut);
