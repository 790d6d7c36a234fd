"""Whole Markdown texts as sites, repositories and newsletters have them, and what a reader sees in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = {
    "blog": (
        """\
---
title: "Why we moved to Postgres"
author:
  - name: Ann Example
  - name: Bo Example
date: 2025-02-03 10:00
tags: [db, ops]
lang: en_gb
image: /img/elephant.png
canonical_url: https://blog.example/postgres
---

# Why we moved to Postgres

It was *not* the speed. It was `VACUUM`, **locks**, and [a long night](https://blog.example/night "title").

> We will never run out of connections.
> — everybody, once

## What broke

1. The pool
2. The pager

   It rang at 3.
3. Me

```sql
SELECT 1;
```

| Before | After |
|:-------|------:|
| 12 ms  | 3 ms  |
| 9 \\| 8 | 2     |

![An elephant](elephant.jpg)

Enough.[^1] Good night.[^night]

[^1]: It was Tuesday.
[^night]: In fact morning.
""",
        """\
by Ann Example, Bo Example
on 2025-02-03
title Why we moved to Postgres
p It was not the speed. It was VACUUM, locks,  …  long night.
> We will never run out of connections. — everybody, once
## What broke
1. The pool
2. The pager
p It rang at 3.
3. Me
code SELECT 1;
table Before | After / 12 ms | 3 ms / 9 | 8 | 2
picture An elephant
p Enough. Good night.
note It was Tuesday.
note In fact morning.""",
    ),
    "readme": (
        """\
[![Build](https://ci.example/badge.svg)](https://ci.example) ![Coverage](cov.svg)

Tiny Clock
==========

A clock for the terminal.<br>It ticks.

Installation
------------

    pip install tinyclock

* [x] hours
* [ ] minutes
  * with colon
* seconds

<details>
<summary>More</summary>
<p>It also <b>chimes</b> &amp; sleeps.</p>
</details>

***

Line one\\
line two with ~~old~~ new text and <https://a.example>.
""",
        """\
picture Build
picture Coverage
title Tiny Clock
p A clock for the terminal. It ticks.
## Installation
code pip install tinyclock
- hours
- minutes
  - with colon
- seconds
p More
p It also chimes & sleeps.
-- ***
p Line one line two with old new text and https://a.example.""",
    ),
    "newsletter": (
        """\
## This week

Hello!

### Reading

- **Dune** — a long one
- *Emma*

### Listening

Term
: Not a list

Hello <ann@example.org>, a < b, AT&T &copy; 2024.

1986\\. A great summer.

5) five
6) six
""",
        """\
## This week
p Hello!
### Reading
- Dune — a long one
- Emma
### Listening
p Term : Not a list
p Hello ann@example.org, a < b, AT&T © 2024.
p 1986. A great summer.
5. five
6. six""",
    ),
    "recipe": (
        """\
# Plum Cake

*Serves 8*

## Ingredients

+ 250 g flour
+ 120 g butter,
  soft

## Method

1) Heat the oven.
2) Beat, then

   fold.

> **Tip** It tastes better
the next day.
""",
        """\
title Plum Cake
p Serves 8
## Ingredients
- 250 g flour
- 120 g butter, soft
## Method
1. Heat the oven.
2. Beat, then
p fold.
> Tip It tastes better the next day.""",
    ),
    "interview": (
        """\
Title of Sorts
===

**Q: Why?**
A: Because.

Second[^a] line.

  [^a]: A note
      of two lines.

| Name |
|------|
| Ann  |
""",
        """\
title Title of Sorts
p Q: Why? A: Because.
p Second line.
table Name / Ann
note A note of two lines.""",
    ),
    "pictures": (
        """\
# Views

[![Bridge](b.jpg)](https://a.b) and ![](empty.png)

<figure>
<img src="c.jpg" alt="A boat &amp; a net">
<figcaption>At noon</figcaption>
</figure>

<script>alert("no")</script>

<!-- hidden
words -->

Seen.
""",
        """\
title Views
p and
picture Bridge
hidden ![](empty.png)
p At noon
picture A boat & a net
hidden <script>alert("no")</script>
hidden <!-- hidden / words -->
p Seen.""",
    ),
    "code": (
        """\
~~~
# not a heading
~~~

```python title="x"
```

Text `with # hash`

    indented

1. one

       deep code
""",
        """\
code # not a heading
code python title="x"
p Text with # hash
code indented
1. one
code deep code""",
    ),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_markdown_text_is_read_as_it_is_shown(kind: str, markdown_outline: Callable[[str], str]) -> None:
    """Front matter, badges, tables, notes, pictures, HTML and code: the blocks that a browser would show, in order."""
    source, wanted = TEXTS[kind]

    assert markdown_outline(source) == wanted
