// Says who else writes in this section now: asked when the page opens and quietly after that.
const EVERY = 20_000;

export function watchPresence(line) {
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(line.dataset.presence, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return;
    line.textContent = await answer.text();
    line.hidden = !line.textContent;
  };
  look();
  setInterval(look, EVERY);
}
