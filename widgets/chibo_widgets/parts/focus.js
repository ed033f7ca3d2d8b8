// Where the focus is after the page was drawn anew, and what Escape does. Whoever works with the keyboard, or has the
// page read out, must not be thrown back to its top when what they had before them goes away.

const TRAIL = 8;
const PAUSE = 120; // ms: a step draws several widgets, one after another

// Remember what had the focus in this widget, and let Escape press the button that leaves what one is in.
function followFocus(el) {
  el.cbTrail = [];
  el.addEventListener("focusin", (event) => {
    el.cbTrail = [...el.cbTrail.filter((node) => node !== event.target), event.target].slice(-TRAIL);
  });
  el.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) pressEscape(event.target, el);
  });
}

function pressEscape(from, el) {
  for (let node = from; node && el.contains(node); node = node.parentElement) {
    const way = node.querySelector("[data-escape]");
    if (way) {
      way.click();
      return;
    }
  }
}

// A part that carries data-focus="token" takes the focus once for each token: the way to lead the eye after a step.
function placeFocus(el) {
  const goal = el.querySelector("[data-focus]");
  const token = goal ? goal.getAttribute("data-focus") : null;
  if (token && el.cbFocused !== token) {
    el.cbFocused = token;
    requestAnimationFrame(() => goal.focus());
  }
}

// Called after a drawing before which the focus was in this widget: where it is nowhere now, it goes back to what had
// it before, else to the heading of what came instead.
function keepFocus(el) {
  setTimeout(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const back = el.cbTrail.findLast((node) => el.contains(node) && isThere(node) && !node.disabled);
    const goal = back || headingIn(el) || headingIn(document.getElementById("rendered_cells") || document.body);
    if (!goal) return;
    if (!back) goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
  }, PAUSE);
}

function headingIn(place) {
  return [...place.querySelectorAll(".cb h1, .cb h2, :scope > * h1, :scope > * h2")].find(isThere);
}

function isThere(node) {
  return node.isConnected && node.checkVisibility();
}
