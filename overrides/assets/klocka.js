// Adds the lateness that has come since the page was built. What stands there is never taken back, so that a
// clock set wrong, or no script at all, leaves the page as right as it was on its day.

const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" }); // 2026-11-22
const clock = '<svg aria-hidden="true"><use href="#s-klocka"/></svg> ';

for (const due of document.querySelectorAll("time[data-due]")) {
  if (due.dateTime >= today) continue;
  const late = document.createElement("span");
  late.className = "tl-late";
  late.innerHTML = clock;
  late.append(due.dataset.due);
  due.parentNode.append(" ", late);
}
