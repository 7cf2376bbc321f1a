// Looks again and again, and puts what is new in the place of what was there. Without it the page shows the same.
'use strict';

const PERIOD = 2000;
const MOST_NAMES = 3;
const UNCHANGED = 304;
const STANDBY = 503;

const live = document.getElementById('live');
const news = document.getElementById('news');
const pause = document.getElementById('pause');
let paused = false;
let looking = false;
let tag = '';

const clock = () => `${new Date().toISOString().slice(11, 19)} UTC`;
const text = (element) => element.textContent.replace(/\s+/g, ' ').trim();

/** Keeps open what somebody opened, and the keyboard where it is. */
function replace(old, fresh) {
  const controls = 'a, summary, [tabindex]';
  const focused = [...old.querySelectorAll(controls)].indexOf(document.activeElement);
  for (const details of old.querySelectorAll('details[open]')) {
    fresh.querySelector('details.' + details.className)?.setAttribute('open', '');
  }
  old.replaceWith(fresh);
  fresh.querySelectorAll(controls)[focused]?.focus({ preventScroll: true });
}

/** What stays is not touched, so that nothing that is being read or selected jumps. */
function showAliases(fresh) {
  const list = document.getElementById('aliases');
  const old = new Map([...list.children].map((item) => [item.id, item]));
  const changed = [];
  let place = list.firstElementChild;
  for (const item of [...fresh.children]) {
    const known = old.get(item.id);
    old.delete(item.id);
    if (known === undefined) {
      list.insertBefore(item, place);
    } else {
      if (known === place) {
        place = place.nextElementSibling;
      } else {
        list.insertBefore(known, place);
      }
      if (text(known) === text(item)) {
        continue;
      }
      replace(known, item);
    }
    item.classList.add('changed');
    changed.push(item.id);
  }
  for (const [id, gone] of old) {
    gone.remove();
    changed.push(id);
  }
  return changed;
}

function show(page) {
  const changed = showAliases(page.getElementById('aliases'));
  for (const id of ['summary', 'pages']) {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (text(old) !== text(fresh)) {
      replace(old, fresh);
    }
  }
  if (changed.length > 0) {
    const more = changed.length - MOST_NAMES;
    news.textContent = `Changed at ${clock()}: ${changed.slice(0, MOST_NAMES).join(', ')}`
        + (more > 0 ? ` and ${more} more` : '');
  }
}

async function look() {
  if (paused || looking || document.hidden) {
    return;
  }
  looking = true;
  let state = 'No answer: what is shown is old. Is the port still forwarded?';
  try {
    const response = await fetch(location.href, { cache: 'no-store', headers: { 'If-None-Match': tag } });
    const page = await response.text();
    const fresh = response.ok || response.status === STANDBY;
    if (fresh && !paused) {
      show(new DOMParser().parseFromString(page, 'text/html'));
      tag = response.headers.get('ETag') ?? '';
    }
    if (fresh || response.status === UNCHANGED) {
      state = `Live. Looked at ${clock()}.`;
    }
  } catch (unanswered) {
    // as it says
  }
  looking = false;
  if (!paused) {
    live.textContent = state;
  }
}

pause.hidden = false;
pause.addEventListener('click', () => {
  paused = !paused;
  pause.setAttribute('aria-pressed', String(paused));
  live.textContent = paused ? `Paused at ${clock()}.` : 'Live.';
  look();
});
document.addEventListener('visibilitychange', look);
setInterval(look, PERIOD);
look();
