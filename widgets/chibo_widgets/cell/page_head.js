// The head of the page: unit, "saved at", undo, the steps, and the one line that says what just happened.
// It also keeps the draft: every act that passes through the page is noted down here at once.

function pageHead(ui) {
  const view = ui.view;
  wordMasthead(view.language, { product: ui.t("head_product"), page: ui.t("head_page"), skip: ui.t("head_skip"), other: ui.t("head_other_language") },
    (language) => ui.go({ go: "language", language }));
  const slot = mastheadSlot();
  if (slot) draw(slot, headState(ui));
  return [
    !slot && h("div", { key: "state", class: "cb-head-state" }, headState(ui),
      h("button", { type: "button", class: "cb-link", onclick: () => {
        const other = view.language === "vi" ? "en" : "vi";
        rememberLanguage(other);
        ui.go({ go: "language", language: other });
      } }, ui.t("head_other_language"))),
    h("nav", { key: "steps", "aria-label": ui.t("head_steps") },
      h("ol", { class: "cb-steps" }, view.steps.map((step) => headStep(ui, step)))),
    h("div", { key: "said", role: "status", "aria-live": "polite", class: "cb-said" },
      view.said && view.said.number !== ui.mine.closed && h("div", { key: view.said.number, class: "cb-say cb-" + view.said.tone },
        h("p", {}, view.said.text),
        h("button", { type: "button", class: "cb-close", "aria-label": ui.t("head_close"), onclick: () => closeSaid(ui, view.said.number) }, "×"))),
  ];
}

// Good news goes away by itself; what wants something done stays until it is closed or something else is said.
function closeSaid(ui, number) {
  ui.mine.closed = number;
  ui.repaint();
}

function timeSaid(ui) {
  const said = ui.view.said;
  if (!said || ui.mine.timed === said.number) return;
  ui.mine.timed = said.number;
  if (said.tone === "good" || said.tone === "note") setTimeout(() => { if (ui.view.said && ui.view.said.number === said.number) closeSaid(ui, said.number); }, 9000);
}

// What was said never lies on the field that has the focus: it goes to the other end of the window. Over the head of
// the page a long sentence pushes the steps down.
function keepClear(ui) {
  const said = ui.el.querySelector(".cb-said");
  said.classList.remove("cb-away");
  ui.el.style.paddingTop = "";
  if (!said.firstChild) return;
  const field = document.activeElement;
  said.classList.toggle("cb-away", field !== document.body && !said.contains(field) && doOverlap(said, field));
  const [top, over] = [said.getBoundingClientRect().top, said.offsetTop + said.offsetHeight - (masthead() ? masthead().offsetHeight : 0)];
  if (top < 10 && over > 0) ui.el.style.paddingTop = over + "px";
}

function doOverlap(one, other) {
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  return a.right > b.left && b.right > a.left && a.bottom > b.top && b.bottom > a.top;
}

// Another step begins at its top, wherever the last one was scrolled to.
function beginAtTop(ui) {
  if (ui.mine.step !== undefined && ui.mine.step !== ui.view.step) window.scrollTo(0, 0);
  ui.mine.step = ui.view.step;
}

function headStep(ui, step) {
  const view = ui.view;
  const now = view.step === step;
  const reachable = view.reachable.includes(step);
  return h("li", { key: step, class: now ? "cb-now" : step < view.step ? "cb-done" : "" },
    h("button", {
      type: "button", disabled: !reachable, "aria-current": now ? "step" : undefined,
      onclick: () => ui.go({ go: "step", step }),
    }, step, h("span", { class: "cb-step-name" }, " · " + ui.t("head_step_" + step))));
}

function headState(ui) {
  const view = ui.view;
  const saved = ui.mine.saved;
  return [
    h("span", { key: "unit", class: "cb-unit", title: view.unit }, view.unit),
    h("span", { key: "gap", class: "cb-gap" }),
    view.draft && h("span", { key: "saved", class: "cb-saved" + (saved && !saved.kept ? " cb-not" : "") , title: ui.t(saved && !saved.kept ? "head_not_saved_why" : "head_saved_where") },
      saved ? (saved.kept ? "✓ " + ui.t("head_saved", { time: saved.time }) : ui.t("head_not_saved")) : ""),
    view.draft && h("button", {
      key: "undo", type: "button", class: "cb-button cb-slim", "data-repeat": true, disabled: !view.undo, title: view.undo || undefined,
      onclick: () => ui.act({ act: "undo" }),
    }, ui.t("head_undo")),
  ];
}

function keepDrafts(ui) {
  let draft = null;
  let letGo = () => {};
  const hold = () => {
    letGo();
    letGo = holdDraft(draft.id);
  };
  let fileKept = true; // without the file that they begin from, kept acts are of no use
  const note = (written) => {
    const kept = written && fileKept;
    const offered = kept && draft.acts.length > 0; // of a book that was merely opened there is nothing to go on with
    ui.mine.saved = kept && !offered ? undefined : { kept, time: showClock(new Date()) };
    document.body.dataset.chiboKept = offered ? ui.t("head_kept") : ""; // said by the banner when the connection is lost
    document.body.toggleAttribute("data-chibo-unkept", !kept && draft.acts.length > (draft.takenActs || 0));
    ui.repaint();
  };
  const append = (act) => {
    if (!draft) return;
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    draft.acts.push({ ...act, on: now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate()) });
    note(writeDraft(draft));
  };
  // Where somebody is goes into the draft, so that going on begins there; looking about is no work that was saved.
  ui.mine.keepPlace = (at) => {
    if (!draft || !at || at.draft !== draft.id || JSON.stringify(draft.at) === JSON.stringify(at)) return;
    draft.at = at;
    writeDraft(draft, draft.savedAt);
  };
  const onAct = (event) => append(event.detail);
  document.addEventListener("chibo:act", onAct);
  ui.onMessage = async (content, buffers) => {
    if (!content || !content.draft) return;
    const told = content.draft;
    if (told.begin) {
      draft = { schema: DRAFT_SCHEMA, acts: [], ...told.begin };
      hold();
      const written = writeDraft(draft);
      try {
        if (buffers.length) await keepFile(draft.id, new Uint8Array(buffers[0].buffer, buffers[0].byteOffset, buffers[0].byteLength).slice());
        fileKept = true;
        await dropOldDrafts(draft.id);
      } catch {
        fileKept = false;
      }
      note(written);
    } else if (told.resume) {
      draft = readDraft(told.resume);
      if (!draft) return;
      fileKept = true;
      hold();
      note(writeDraft(draft));
    } else if (told.append) {
      append(told.append);
    } else if (told.taken && draft) {
      draft.takenAt = new Date().toISOString();
      draft.takenActs = draft.acts.length;
      draft.handed = told.handed;
      note(writeDraft(draft));
    }
  };
  const clear = () => requestAnimationFrame(() => keepClear(ui));
  document.addEventListener("focusin", clear);
  return () => {
    document.removeEventListener("chibo:act", onAct);
    document.removeEventListener("focusin", clear);
  };
}

export default widget((ui) => {
  timeSaid(ui);
  beginAtTop(ui);
  ui.mine.keepPlace(ui.view.at);
  requestAnimationFrame(() => keepClear(ui));
  return pageHead(ui);
}, keepDrafts);
