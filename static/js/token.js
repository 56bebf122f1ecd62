// The CSRF token that holds now. A sign-in in another tab renews it, and Django reads the field of
// a form before the header: what scripts send carries the header only.

/** The token from its cookie, whose name the page gives (base.html): production calls it otherwise
 * than the demo. Without that cookie the one in the form. */
function tokenFor(form) {
  const name = `${document.querySelector("meta[name=csrf-cookie]").content}=`;
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(name));
  return found ? found.slice(name.length) : form.elements.namedItem("csrfmiddlewaretoken").value;
}

/** What a form sends by script: its fields without the token, and the header that takes its place. */
export function toSend(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return { data, headers: { "X-CSRFToken": tokenFor(form) } };
}
