"use strict";
const pane = document.getElementById("pane");
const held = pane.querySelector(".held");
let opener = null;

/* A copy of a draft or a case, without the names that the page itself is linked by. */
const copied = (node) => {
  const copy = node.cloneNode(true);
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
  return copy;
};

const close = () => {
  pane.hidden = true;
  held.replaceChildren();
  if (opener) {
    opener.classList.remove("open");
    opener.focus({ preventScroll: true });
  }
  opener = null;
};

const open = (link) => {
  const target = document.getElementById(link.dataset.opens);
  const source = target && target.closest("details.case");
  if (!source) return false;
  if (opener) opener.classList.remove("open");
  opener = link;
  opener.classList.add("open");
  const name = document.createElement("h2");
  name.className = "case-name";
  name.textContent = source.querySelector(".what").textContent;
  const beside = copied(source.querySelector(".beside"));
  if (target !== source) beside.querySelector(".ours").replaceChildren(copied(target));
  held.replaceChildren(name, beside);
  pane.classList.toggle("whole", target === source);
  pane.hidden = false;
  pane.scrollTop = 0;
  pane.focus({ preventScroll: true });
  return true;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && open(link)) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !pane.hidden) close();
});
pane.querySelector(".close").addEventListener("click", close);
