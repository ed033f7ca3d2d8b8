// The browser names a printed PDF after the page: for the moment of printing the page is called like the sheet.
function printSheet(name) {
  const before = document.title;
  document.title = name;
  const after = () => { document.title = before; window.removeEventListener("afterprint", after); };
  window.addEventListener("afterprint", after);
  window.print();
}
