// The machine: which limits hold, whether the log is whole; a backup and an export to take away, the trash.

function backup(ui) {
  const make = (event) => {
    event.preventDefault();
    const [one, two] = [ui.mine.passphrase ?? "", ui.mine.again ?? ""];
    ui.mine.differ = one !== two;
    if (ui.mine.differ) return ui.repaint();
    ui.mine.passphrase = ui.mine.again = "";
    ui.act({ backup: true, passphrase: one });
    return ui.repaint();
  };
  return panel("backup", ui.t("health_backup_title"), null, !ui.view.backs_up ? h("p", { class: "cb-body cb-soft" }, ui.t("health_not_backed_up")) : h("form", { class: "cb-body cb-admin-form", onsubmit: make },
    h("p", {}, ui.t("health_backup_lead")),
    secret(ui, "passphrase", ui.t("health_passphrase")), secret(ui, "again", ui.t("health_passphrase_again")),
    ui.mine.differ && h("p", { class: "cb-problem", role: "alert" }, ui.t("health_passphrases_differ")),
    h("button", { type: "submit", class: "cb-button cb-main" }, ui.t("health_backup")),
    h("div", { class: "cb-soft cb-small" }, h("p", {}, ui.t("health_restore")), h("p", {}, ui.t("health_restore_then")))));
}

function exporting(ui) {
  const make = (event) => {
    event.preventDefault();
    ui.act({ export_office: true, reason: ui.mine.exporting ?? "" });
    ui.mine.exporting = "";
    return ui.repaint();
  };
  return panel("export", ui.t("health_export_title"), null, h("form", { class: "cb-body cb-admin-form", onsubmit: make },
    h("p", {}, ui.t("health_export_lead")),
    textField(ui, "exporting", ui.t("health_export_why")),
    h("button", { type: "submit", class: "cb-button" }, ui.t("health_export"))));
}

const LONGEST_PASSPHRASE = 1000; // as admin/messages.py takes

function secret(ui, name, label) {
  return lineField(ui, name, label, LONGEST_PASSPHRASE, { type: "password", autocomplete: "new-password" });
}

function protections(ui, guards) {
  return [h("p", { class: "cb-soft" }, ui.t("health_lead")),
    h("ul", { class: "cb-admin-guards" }, guards.map((one) => h("li", {}, h("span", { class: `cb-tag ${one.holds ? "cb-good" : "cb-warn"}` }, ui.t(one.holds ? "health_holds" : "health_lacks")), h("span", {}, one.meaning))))];
}

function paintHealth(ui) {
  const view = ui.view;
  if (view.shown && !view.trash?.rows.some((row) => row.hash === ui.mine.taking)) ui.mine.taking = "";
  return section(ui, () => [h("div", { key: "parts", class: "cb-admin-pair" },
    h("div", { class: "cb-admin-stack" }, backup(ui),
      panel("log", ui.t("health_log_title"), null, h("div", { class: "cb-body" },
        h("p", {}, ui.t("health_log_lead")),
        view.log && h("p", { class: `cb-say cb-after cb-${view.log.tone}`, role: "status" }, view.log.text),
        view.reads_log && h("div", { class: "cb-row cb-after" }, h("button", { type: "button", class: "cb-button", onclick: () => ui.act({ verify: true }) }, ui.t("health_verify")))))),
    h("div", { class: "cb-admin-stack" }, panel("guards", ui.t("health_title"), view.version, h("div", { class: "cb-body" },
      view.hindered && h("p", { class: "cb-say cb-bad", role: "status" }, view.hindered),
      view.guards.length > 0 && protections(ui, view.guards),
      h("p", { class: "cb-soft cb-small cb-after" }, view.cache))), view.exports && exporting(ui))),
    trashPanel(ui, view.trash)]);
}

export default widget(paintHealth);
