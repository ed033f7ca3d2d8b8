// Text for the clipboard. Browsers offer it only to pages of this machine or behind https; elsewhere the older way,
// copying what is selected in a field, still works.

async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const back = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "cb-unseen";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  if (back) back.focus({ preventScroll: true });
}
