"""The widgets of the page `quan-tri`, one for each of its parts."""

from __future__ import annotations

from chibo_widgets.admin import messages
from chibo_widgets.board.widgets import BoardWidget, SendingWidget
from chibo_widgets.page_widget import script, style


class AdminHead(BoardWidget):
    """In whose name somebody works here, and the parts of the page."""

    _esm = script("parts/masthead.js", "admin/head.js")
    _css = style("admin/admin.css")
    kinds = (messages.ChooseLanguage, messages.ChooseTab)


class RegisterPanel(SendingWidget):
    """Units and people; a workbook of them taken out, looked at, brought in."""

    _esm = script("parts/upload.js", "admin/section.js", "admin/register.js")
    _css = style("findings_list.css", "admin/admin.css")
    kinds = (messages.Export, messages.Replace, messages.Confirm, messages.Drop)


class PeriodsPanel(BoardWidget):
    """Reporting periods: opened, closed, exceptions."""

    _esm = script("parts/fields.js", "admin/section.js", "admin/periods.js")
    _css = style("static/fields.css", "admin/admin.css")
    kinds = (messages.ChoosePeriod, messages.ReadDay, messages.OpenPeriod, messages.ClosePeriod, messages.ExceptUnit)


class DefinitionsPanel(SendingWidget):
    """The definitions in force, and a changed one on trial."""

    _esm = script("parts/upload.js", "admin/section.js", "admin/definitions.js")
    _css = style("admin/admin.css")
    kinds = (messages.Publish, messages.Withdraw, messages.Drop, messages.TakeFrame)


class HealthPanel(BoardWidget):
    """The machine, the log, a backup and an export to take away, the trash."""

    _esm = script("admin/section.js", "admin/trash.js", "admin/health.js")
    _css = style("admin/admin.css")
    kinds = (messages.Verify, messages.BackUp, messages.ExportOffice, messages.TakeBack)
