// What a number means, shown where it is pointed at or focused. Screen readers are told by `aria-describedby`.

const tip = byId('tip');
let explained = null;

function explain(element) {
  explained = element;
  const { means } = element.dataset;
  tip.textContent = byId(`means-${means}`).textContent;
  // Nothing is seen above a modal dialog but what stands in it.
  (element.closest('dialog') ?? document.body).append(tip);
  tip.hidden = false;
  const box = element.getBoundingClientRect();
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  const below = box.bottom + 6 + height < window.innerHeight;
  tip.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8))}px`;
  tip.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - height - 6)}px`;
}

function stopExplaining() {
  explained = null;
  tip.hidden = true;
}

const explains = (event) => event.target.closest?.('[data-means]');

for (const kind of ['mouseover', 'focusin', 'click']) {
  document.addEventListener(kind, (event) => {
    const element = explains(event);
    if (element) explain(element);
    // The pointer may rest on what it reads.
    else if (kind !== 'focusin' && explained && !tip.contains(event.target) && document.activeElement !== explained) stopExplaining();
  });
}
document.addEventListener('focusout', stopExplaining);
window.addEventListener('scroll', stopExplaining, { passive: true });
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || tip.hidden) return;
  stopExplaining();
  // Only the explanation is closed, not the posting under it.
  event.preventDefault();
  event.stopPropagation();
}, true);
