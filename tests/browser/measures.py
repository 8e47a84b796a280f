"""Measurements in the browser, as JavaScript: what a designer would see at a glance.

``TOOLS`` has to be run first; each ``FIND_…`` then gives what is wrong, or all of it.
"""

from __future__ import annotations

from typing import Final

#: What the measurements share. A colour is painted, to learn what any notation means.
TOOLS: Final = """() => {
  const paper = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const look = {};

  look.paint = (color) => {
    if (!known.has(color)) {
      if (!CSS.supports("color", color)) throw new Error("no colour: " + color);
      paper.clearRect(0, 0, 1, 1);
      paper.fillStyle = color;
      paper.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paper.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };

  look.cover = ([r, g, b, a], below) =>
    [r, g, b].map((value, i) => value * a + below[i] * (1 - a));

  look.findGround = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const layer = look.paint(getComputedStyle(e).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    const lay = (ground, layer) => look.cover(layer, ground);
    return layers.reverse().reduce(lay, [255, 255, 255]);
  };

  look.measureLight = (color) => {
    const [r, g, b] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  look.compare = (one, other) => {
    const lights = [look.measureLight(one), look.measureLight(other)];
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
  };

  look.contrast = (element, property) => {
    const ground = look.findGround(element);
    const [r, g, b, alpha] = look.paint(getComputedStyle(element)[property]);
    let a = alpha;
    for (let e = element; e; e = e.parentElement) a *= getComputedStyle(e).opacity;
    return look.compare(look.cover([r, g, b, a], ground), ground);
  };

  look.name = (element) => {
    const text = (element.textContent || element.getAttribute("src") || "").trim();
    return `${element.localName}.${element.className} "${text.slice(0, 30)}"`;
  };

  look.isSeen = (element) =>
    element.checkVisibility({visibilityProperty: true}) &&
    element.getClientRects().length > 0;

  look.all = (selector) => [...document.querySelectorAll(selector)].filter(look.isSeen);

  look.blocks = () => look.all(".leadposts-further-reading, .leadposts-guide-posts, " +
    ".leadposts-call-to-action, .leadposts-further-reading-sentence");
  window.look = look;
}"""

#: A lazy picture out of sight is never decoded.
WAIT_FOR_PICTURES: Final = """() =>
  Promise.all([...document.images].map((image) => {
    image.loading = "eager";
    return image.decode();
  }))"""

FIND_TEXTS: Final = """() => look.all("[class*='leadposts-'], [class*='leadposts-'] *")
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => ({name: look.name(e), contrast: look.contrast(e, "color")}))"""

#: The page, and what a theme lets scroll inside of it, which the page does not notice.
FIND_SCROLLING: Final = """() => {
  const boxes = new Set([document.scrollingElement]);
  for (const element of look.all("[class*='leadposts-']")) {
    for (let e = element.parentElement; e; e = e.parentElement) {
      const isOpen = getComputedStyle(e).overflowX === "visible";
      if (!isOpen && !e.matches(".sd-cards-carousel")) boxes.add(e);
    }
  }
  return [...boxes].filter((e) => e.scrollWidth > e.clientWidth)
    .map((e) => `${e.localName}.${e.className} ${e.scrollWidth} > ${e.clientWidth}`);
}"""

#: ``scale`` is how much larger than it is a picture is drawn.
#: Their own size stands in their attributes; that of the file which was loaded is
#: measured elsewhere, and ``naturalWidth`` is neither: it goes by ``sizes``.
FIND_PICTURES: Final = """() => look.all("img[class*='leadposts-']").map((image) => {
  const {width, height} = image.getBoundingClientRect();
  const own = [Number(image.getAttribute("width")) || image.naturalWidth,
    Number(image.getAttribute("height")) || image.naturalHeight];
  const scales = [width / own[0], height / own[1]];
  const isCut = getComputedStyle(image).objectFit === "cover";
  return {
    name: look.name(image),
    width,
    ownWidth: own[0],
    scale: isCut ? Math.max(...scales) : scales[0],
    isWhole: Math.abs(scales[0] / scales[1] - 1) < 0.02 || isCut,
  };
})"""

#: What reaches beyond the box that holds it; what a carousel hides may do so.
FIND_JUTTING: Final = """() => {
  const edge = document.scrollingElement.clientWidth;
  const jutting = [];
  for (const element of look.all("[class*='leadposts-'], [class*='leadposts-'] *")) {
    const card = element.closest(".leadposts-card");
    const box = element.getBoundingClientRect();
    const inner = card && card !== element ? card.getBoundingClientRect() : null;
    if (inner && (box.left < inner.left - 0.5 || box.right > inner.right + 0.5)) {
      jutting.push(look.name(element));
    }
    if (!element.closest(".sd-cards-carousel") &&
        (box.left < -0.5 || box.right > edge + 0.5)) {
      jutting.push(look.name(element));
    }
    const words = document.createRange();
    words.selectNodeContents(element);
    if (inner && words.getBoundingClientRect().right > inner.right + 0.5) {
      jutting.push("text of " + look.name(element));
    }
  }
  return jutting;
}"""

FIND_OVERLAPS: Final = """() => {
  const cards = look.all(".sd-card").map((e) => [e, e.getBoundingClientRect()]);
  const overlaps = [];
  for (const [i, [one, a]] of cards.entries()) {
    for (const [other, b] of cards.slice(i + 1)) {
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 0.5 && height > 0.5) {
        overlaps.push([look.name(one), look.name(other)]);
      }
    }
  }
  return overlaps;
}"""

#: A net of points over each card: on a tag the tag must answer, elsewhere the title.
FIND_DEAD_POINTS: Final = """() => {
  const dead = [];
  for (const card of look.all(".leadposts-card")) {
    const titles = card.querySelectorAll("a:not(.leadposts-tag)");
    if (titles.length !== 1 || !titles[0].closest(".leadposts-card-title")) {
      dead.push(`${look.name(card)} has ${titles.length} links beside its tags`);
      continue;
    }
    card.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
    const tags = [...card.querySelectorAll("a.leadposts-tag")];
    const box = card.getBoundingClientRect();
    const points = [];
    for (const x of [0.3, 0.5, 0.7]) {
      for (const y of [0.02, 0.25, 0.5, 0.75, 0.98]) {
        points.push([box.left + box.width * x, box.top + box.height * y]);
      }
    }
    points.push([box.left + 6, box.bottom - 6], [box.right - 6, box.top + 6]);
    for (const tag of tags) {
      const {left, top, width, height} = tag.getBoundingClientRect();
      points.push([left + width / 2, top + height / 2]);
    }
    const holds = (e, [x, y], slack) => [e.getBoundingClientRect()].some((r) =>
      x > r.left + slack && x < r.right - slack &&
      y > r.top + slack && y < r.bottom - slack);
    for (const point of points) {
      // At the rim of a tag, rounded as it is, either may answer.
      const tag = tags.find((t) => holds(t, point, -1));
      if (tag && !holds(tag, point, 4)) continue;
      const found = document.elementFromPoint(...point)?.closest("a");
      if (found !== (tag ?? titles[0])) {
        const answer = found ? look.name(found) : "no link";
        dead.push(`${look.name(card)} at ${point}: ${answer}`);
      }
    }
  }
  return dead;
}"""

MEASURE_RING: Final = """(link) => {
  const card = link.closest(".leadposts-card");
  const bearer = link.matches(".leadposts-card-title > a") ? card : link;
  const style = getComputedStyle(bearer);
  const outside = bearer.parentElement;
  return {
    name: look.name(link),
    isFocused: link.matches(":focus-visible"),
    style: style.outlineStyle,
    width: parseFloat(style.outlineWidth),
    contrast: look.compare(
      look.cover(look.paint(style.outlineColor), look.findGround(outside)),
      look.findGround(outside),
    ),
  };
}"""

#: What is wider than what holds it: a block than the text, and what stands in a block.
#: A row of sphinx-design reaches, by half a gutter, beyond its cards; those do not.
FIND_WIDER: Final = """() => {
  const room = (element) => {
    const {left, right} = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const [before, after] = [style.paddingLeft, style.paddingRight].map(parseFloat);
    return [left + before, right - after];
  };
  const rows = ".sd-row, .sd-row > .sd-col";
  const wider = [];
  const measure = (element, holder) => {
    const [left, right] = room(holder);
    const words = document.createRange();
    words.selectNodeContents(element);
    const parts = element.querySelector(rows) ? [element] : [element, words];
    for (const box of parts.map((part) => part.getBoundingClientRect())) {
      if (box.width && (box.left < left - 0.5 || box.right > right + 0.5)) {
        wider.push(look.name(element));
      }
    }
  };
  for (const block of look.blocks()) {
    measure(block, block.parentElement);
    for (const element of block.querySelectorAll("*")) {
      if (!look.isSeen(element) || element.matches(rows)) continue;
      const holder = element.closest(".sd-btn, .sd-card-body, .sd-card") ?? block;
      measure(element, holder === element ? block : holder);
    }
  }
  return wider;
}"""

#: Words, pictures, buttons and cards that lie upon others that do not hold them.
FIND_COVERED: Final = """() => {
  const pieces = [];
  const add = (node, owner, boxes) => {
    for (const box of boxes) {
      if (box.width && box.height) pieces.push([node, owner, box]);
    }
  };
  const article = look.blocks()[0].closest("article, [role=main]");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const owner = text.parentElement;
    if (!text.data.trim() || owner.closest(".headerlink")) continue;
    if (!look.isSeen(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    add(text, owner, range.getClientRects());
  }
  const solid = "img, .sd-btn, .sd-card, .leadposts-call-to-action";
  for (const element of article.querySelectorAll(solid)) {
    if (look.isSeen(element)) add(element, element, [element.getBoundingClientRect()]);
  }
  const covered = [];
  for (const [i, [one, owner, a]] of pieces.entries()) {
    for (const [other, neighbour, b] of pieces.slice(i + 1)) {
      if (one === other || one.contains(other) || other.contains(one)) continue;
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // Lines of text reach into each other's empty rims.
      if (width > 0.5 && height > 3) {
        covered.push([look.name(owner), look.name(neighbour)]);
      }
    }
  }
  return covered;
}"""

#: Buttons, and links of lists, that are too small for a finger, as WCAG 2.2 has it in
#: 2.5.8: a link may be lower than 24 px where the next one is so far away.
FIND_SMALL_TARGETS: Final = """() => {
  const small = [];
  for (const button of look.all(".leadposts-call-to-action .sd-btn")) {
    const {width, height} = button.getBoundingClientRect();
    if (width < 24 || height < 24) {
      small.push(`${look.name(button)} ${width} x ${height}`);
    }
  }
  const links = look.all(".leadposts-further-reading li a, .leadposts-list > li > a");
  const centers = links.map((link) => {
    const lines = [...link.getClientRects()];
    return lines.map((line) => (line.top + line.bottom) / 2);
  });
  for (const [i, link] of links.entries()) {
    const next = links[i + 1];
    if (!next || next.closest("ul") !== link.closest("ul")) continue;
    const distance = centers[i + 1][0] - centers[i].at(-1);
    if (distance < 24) small.push(`${look.name(link)} ${distance} above the next`);
  }
  return small;
}"""

#: Headings that leave out a level, and titles of blocks that stand in the outline.
FIND_MISPLACED_HEADINGS: Final = """() => {
  const misplaced = [];
  let level = 0;
  const selector = ":is(article, [role=main]) :is(h1, h2, h3, h4, h5, h6)";
  for (const heading of look.all(selector)) {
    const next = Number(heading.localName[1]);
    if (next > level + 1 || next === 1 && level) misplaced.push(look.name(heading));
    level = next;
  }
  for (const card of look.all(".leadposts-card-title")) {
    const section = card.closest("section");
    const above = section.querySelector(":scope > :is(h1, h2, h3, h4, h5)");
    const expected = Number(above.localName[1]) + 1;
    if (card.localName !== `h${expected}`) misplaced.push(look.name(card));
  }
  const titles = "[class*='leadposts-'][class*='-title']:not(.leadposts-card-title)";
  for (const title of look.all(titles)) {
    if (/^h[1-6]$/.test(title.localName)) misplaced.push(look.name(title));
  }
  return misplaced;
}"""

#: Edges of cards that are not in line with the block in which the cards stand.
FIND_OUT_OF_LINE: Final = """() => {
  const crooked = [];
  for (const grid of look.all(".leadposts-grid")) {
    const {left, right} = grid.parentElement.getBoundingClientRect();
    const boxes = [...grid.querySelectorAll(".leadposts-card")].map(
      (card) => card.getBoundingClientRect());
    const first = Math.min(...boxes.map((box) => box.left));
    const last = Math.max(...boxes.map((box) => box.right));
    if (Math.abs(first - left) > 1) crooked.push(`${first} instead of ${left}`);
    const style = getComputedStyle(grid.querySelector(".sd-col"));
    const gap = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    const room = Math.floor((right - left + gap + 1) / (boxes[0].width + gap));
    if (boxes.length >= room && Math.abs(last - right) > 1) {
      crooked.push(`${last} instead of ${right}`);
    }
  }
  return crooked;
}"""

#: Blocks that stand closer to what is above or below them than lines of text do.
FIND_CROWDED: Final = """() => {
  const crowded = [];
  for (const block of look.blocks()) {
    const box = block.getBoundingClientRect();
    for (const [beside, gap] of [
      [block.previousElementSibling, (b) => box.top - b.bottom],
      [block.nextElementSibling, (b) => b.top - box.bottom],
    ]) {
      if (!beside || !look.isSeen(beside)) continue;
      const distance = gap(beside.getBoundingClientRect());
      if (distance < 8) crowded.push(`${look.name(block)} ${distance}`);
    }
  }
  return crowded;
}"""

#: What tells the paragraph that leads to a guide from others, which is nothing.
FIND_MARKED: Final = """() => {
  const marked = [];
  const read = (element) => {
    const style = getComputedStyle(element);
    return Object.fromEntries([...style].map((name) => [name, style[name]]));
  };
  for (const sentence of look.all(".leadposts-guide-sentence")) {
    const one = read(sentence);
    sentence.classList.remove("leadposts-guide-sentence");
    const other = read(sentence);
    sentence.classList.add("leadposts-guide-sentence");
    const names = Object.keys(one).filter((name) => one[name] !== other[name]);
    marked.push(...names.map((name) => `${look.name(sentence)} ${name}`));
  }
  return marked;
}"""

#: From now on the blocks are those that match; of the rest, what lies in ``hidden`` is
#: out of sight, as what a theme has put into a drawer beside the page.
LOOK_AT: Final = """([selector, hidden]) => {
  const isSeen = look.isSeen;
  look.isSeen = (element) => isSeen(element) && !element.closest(hidden || "#none");
  look.blocks = () => look.all(selector);
  look.links = () => look.blocks().flatMap((block) =>
    [...block.querySelectorAll("a[href]")].filter(look.isSeen));
  look.bearer = (link) =>
    link.matches(".leadposts-card-title > a") ? link.closest(".leadposts-card") : link;
}"""

#: Links that are smaller than ``least``, in pixels, each way.
FIND_SMALLER_LINKS: Final = """([selector, least]) => look.all(selector)
  .map((link) => [look.name(link), link.getBoundingClientRect()])
  .filter(([, {width, height}]) => width < least || height < least)
  .map(([name, {width, height}]) => `${name} ${width} x ${height}`)"""

#: Links that a finger may miss, as WCAG 2.2 has it in 2.5.8: each is 24 px wide and
#: high, or a circle of 24 px around its middle meets no other link and no such circle.
#: A link that lies upon another has no room to spare. Links in a sentence may be small.
FIND_CLOSE_LINKS: Final = """() => {
  const targets = look.links().filter((link) => !link.closest("p:not([class*=tags])"))
    .map((link) => {
      const bearer = look.bearer(link);
      const box = bearer.getBoundingClientRect();
      const isSmall = box.width < 24 || box.height < 24;
      const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      return {link, bearer, box, isSmall, middle};
    });
  const close = [];
  for (const one of targets.filter(({isSmall}) => isSmall)) {
    for (const other of targets) {
      if (one === other) continue;
      const [x, y] = one.middle;
      const {left, right, top, bottom} = other.box;
      const gap = [Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)];
      const apart = [x - other.middle[0], y - other.middle[1]];
      const isMet = Math.hypot(...gap) < 12 ||
        other.isSmall && Math.hypot(...apart) < 24;
      if (isMet) close.push([look.name(one.link), look.name(other.link)]);
    }
  }
  return close;
}"""

#: Records which links of the blocks get the focus, and how each shows it.
WATCH_FOCUS: Final = """(measure) => {
  const ring = new Function("return " + measure)();
  window.met = [];
  window.rings = [];
  document.addEventListener("focusin", ({target}) => {
    met.push(target);
    if (look.links().includes(target)) rings.push(ring(target));
  });
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  const open = "a[href], button, input, select, summary, [tabindex]";
  return document.querySelectorAll(open).length;
}"""

#: The links of the blocks in the order of the Tab key up to where it begins again, and
#: in the order in which they are read; each as its number and name.
LIST_ORDERS: Final = """() => {
  const links = look.links();
  const first = met.findIndex((e) => e !== document.body);
  const again = met.indexOf(met[first], first + 1);
  const round = met.slice(first, again > first ? again : undefined);
  const isTurned = getComputedStyle(document.body).direction === "rtl";
  const compare = (a, b) => {
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (height <= Math.min(a.height, b.height) / 2) return a.top - b.top;
    return isTurned ? b.right - a.right : a.left - b.left;
  };
  const box = (element) => element.getClientRects()[0];
  const block = (link) => look.blocks().find((e) => e.contains(link));
  const card = (link) => link.closest(".leadposts-card") ?? link;
  const sorted = [...links].sort((one, other) => {
    for (const frame of [block, card, (link) => link]) {
      const [a, b] = [frame(one), frame(other)];
      if (a !== b) return compare(box(a), box(b));
    }
    return 0;
  });
  const say = (link) => `${links.indexOf(link)} ${look.name(link)}`;
  return [round.filter((e) => links.includes(e)).map(say), sorted.map(say)];
}"""

#: Landmarks among the blocks that have no name, or that of another on the page.
FIND_UNNAMED: Final = """() => {
  const say = (e) => {
    const ids = e.getAttribute("aria-labelledby")?.split(" ") ?? [];
    const words = ids.map((id) => document.getElementById(id)?.textContent).join(" ");
    return (words || e.getAttribute("aria-label") || "").trim().toLowerCase();
  };
  const landmarks = [...document.querySelectorAll("nav, [role=navigation]")];
  const names = landmarks.map(say);
  return landmarks.filter((landmark, i) => look.blocks().includes(landmark) &&
    (!names[i] || names.indexOf(names[i]) !== names.lastIndexOf(names[i])))
    .map(look.name);
}"""

#: Whether what is current stands out where all colours are those of the reader: by a
#: line that the others do not have, or by another colour of its letters.
FIND_LOST_PLACES: Final = """(selector) => {
  const lost = [];
  for (const place of look.all(selector)) {
    const line = (element) => {
      const {outlineStyle, outlineWidth, borderTopStyle, borderTopWidth} =
        getComputedStyle(element);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 ||
        borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1;
    };
    const others = [...place.closest("ul, ol").querySelectorAll("a")];
    const isLined = line(place) && !others.some(line);
    const color = (element) => look.paint(getComputedStyle(element).color).join();
    const isColored = others.every((other) => color(other) !== color(place));
    if (!others.length || !isLined && !(isColored && place.closest("ol"))) {
      lost.push(look.name(place));
    }
  }
  return lost;
}"""
