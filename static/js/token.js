// The CSRF token that holds now. A sign-in in another tab renews it, and Django reads the field of
// a form before the header: what scripts send carries the header only.

/** The token from its cookie, by either name that a site gives it; else the one in the form. */
function tokenFor(form) {
  const found = ["__Host-csrftoken", "csrftoken"]
    .map((name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`)))
    .find(Boolean);
  return found ? found.slice(found.indexOf("=") + 1) : form.elements.namedItem("csrfmiddlewaretoken").value;
}

/** What a form sends by script: its fields without the token, and the header that takes its place. */
export function toSend(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return { data, headers: { "X-CSRFToken": tokenFor(form) } };
}
