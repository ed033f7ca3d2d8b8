// The bar at the foot of the page: what has come in so far, and the files made from it.

function fileButton(ui, what, main) {
  return h("button", { type: "button", class: `cb-button${main ? " cb-main" : " cb-slim"}`, disabled: Boolean(ui.view.making), onclick: () => ui.act({ make: what }) }, ui.t(`download_${what}`));
}

function said(ui) {
  const { problem, making, done, unread } = ui.view;
  if (problem) return h("p", { class: "cb-problem" }, ui.t("download_failed", { problem }));
  const [step, steps] = ui.view.step;
  if (making && steps) return h("p", { class: "cb-small" }, ui.t("download_marking", { name: making, step, steps }));
  if (making) return h("p", { class: "cb-small" }, ui.t("download_making", { name: making }));
  if (done) return h("p", { class: "cb-small" }, ui.t("download_done", { name: done, clock: ui.view.clock }));
  if (unread) return h("p", { class: "cb-small cb-downloads-unread" }, ui.t("download_unread", { n: unread }));
  return null;
}

function paintDownloads(ui) {
  const { ready, reported, total, month, year, returning } = ui.view;
  if (!ready) return [];
  return h("section", { class: "cb-downloads", "aria-label": ui.t("download_title") },
    h("div", { class: "cb-downloads-said" },
      h("div", { role: "status" }, h("b", {}, ui.t("download_ready", { reported, total, month, year })), said(ui)),
      returning > 0 && h("button", { type: "button", class: "cb-link", title: ui.t("download_marked_why"), disabled: Boolean(ui.view.making), onclick: () => ui.act({ make: "marked" }) }, ui.t("download_marked"))),
    total > 0 && h("label", { class: "cb-downloads-sources" },
      h("input", { type: "checkbox", checked: ui.view.sources, onchange: (event) => ui.act({ sources: event.target.checked }) }), " ", ui.t("download_sources")),
    total > 0 && h("div", { class: "cb-row" }, fileButton(ui, "facts_csv", false), fileButton(ui, "facts_xlsx", false), fileButton(ui, "return", true)));
}

export default widget(paintDownloads);
