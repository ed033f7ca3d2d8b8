// The head of the page around our widgets (made by the template of `chibo serve`; JupyterLab has none): the unit and
// the state of the work stand in it, and its switch of language works in place, because a new page is a new kernel.

function masthead() {
  return document.querySelector(".cb-masthead");
}

// The element in the masthead where a page may draw; null where there is no masthead.
function mastheadSlot() {
  const head = masthead();
  if (!head) return null;
  let slot = head.querySelector(".cb-masthead-slot");
  if (!slot) {
    slot = document.createElement("div");
    slot.className = "cb cb-masthead-slot";
    const gap = head.querySelector(".cb-masthead-gap");
    if (gap) gap.replaceWith(slot);
    else head.append(slot);
  }
  return slot;
}

// Word the masthead in `language`, and let its language link call `change(other)` instead of opening the page again.
function wordMasthead(language, words, change) {
  document.documentElement.lang = language;
  const head = masthead();
  if (!head) return;
  const other = language === "vi" ? "en" : "vi";
  const put = (selector, text) => {
    const part = head.querySelector(selector);
    if (part && text) part.textContent = text;
  };
  const skip = document.querySelector(".cb-skip"); // it stands before the masthead
  if (skip && words.skip) skip.textContent = words.skip;
  put(".cb-product", words.product);
  put(".cb-page-title", words.page);
  const link = head.querySelector("a.cb-language");
  if (!link) return;
  link.textContent = words.other;
  link.lang = other;
  link.hreflang = other;
  link.onclick = (event) => {
    event.preventDefault();
    if (event.detail > 1) return; // a double click would change it and back
    rememberLanguage(other);
    change(other);
  };
}

function rememberLanguage(language) {
  document.cookie = "chibo_lang=" + language + "; path=/; max-age=31536000; samesite=lax";
}
