"""More whole plain texts, and what a reader sees in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = {
    "questions and answers": (
        """\
Questions and answers

How do I return a book?

Bring it to any branch, or put it through the letter box in the door. It counts as returned on the next working day.

What does it cost to be late?

Nothing at all. We stopped charging fines in the spring of 2019, and more of our books come back now than came before.
""",
        """\
title Questions and answers
## How do I return a book?
p Bring it to any branch, or put it through th … working day.
## What does it cost to be late?
p Nothing at all. We stopped charging fines in … came before.""",
    ),
    "lecture": (
        """\
LECTURE 3: ON RIVERS

Good evening. Last week we spoke of springs. Tonight we follow the water down, and we shall not stop until it is salt.

    1. The upper course
    2. The middle course
    3. The mouth

Let us begin.

1) The upper course

Here the river is young, it falls steeply, and it carves; everything it carries it carries by force, not by patience.
""",
        """\
title LECTURE 3: ON RIVERS
p Good evening. Last week we spoke of springs. …  it is salt.
1. The upper course
2. The middle course
3. The mouth
p Let us begin.
## 1) The upper course
p Here the river is young, it falls steeply, a … by patience.""",
    ),
    "toc": (
        """\
A Short History of Salt

Contents

1. Where it begins
2. What it was worth
3. What it did

1. Where it begins

Salt comes from the sea, and from seas that are no longer there. Nobody who has licked a rock forgets which is which.

2. What it was worth

A soldier's pay was named for it, they say, and a city or two; and there were times when it was dearer than silver.

3. What it did

It kept fish, and therefore fleets; it kept meat, and therefore armies, and so it kept, and lost, whole empires.
""",
        """\
title A Short History of Salt
## Contents
1. Where it begins
2. What it was worth
3. What it did
## 1. Where it begins
p Salt comes from the sea, and from seas that  … ch is which.
## 2. What it was worth
p A soldier's pay was named for it, they say,  … than silver.
## 3. What it did
p It kept fish, and therefore fleets; it kept  … ole empires.""",
    ),
    "dialog": (
        """\
A Play in One Act

ANNA. Who is there?

BORIS. Only the wind, and it has brought a letter.

ANNA. Read it.

[He reads.]
""",
        """\
title A Play in One Act
p ANNA. Who is there?
p BORIS. Only the wind, and it has brought a letter.
p ANNA. Read it.
p [He reads.]""",
    ),
    "quoted": (
        """\
On Tuesday, Ann wrote:
> On Monday, Bo wrote:
>> Shall we go?
>> I have a boat.
> Yes.

Then it is settled.
""",
        """\
p On Tuesday, Ann wrote:
> On Monday, Bo wrote:
>> Shall we go? I have a boat.
> Yes.
p Then it is settled.""",
    ),
    "steps": (
        """\
How to Change a Tyre

You need: a jack, a wrench, a spare.

Step 1: Loosen the nuts

Do this before you raise the car, while the tyre still stands on the road and cannot turn away from under your wrench.

Step 2: Raise the car

Put the jack under the frame, not under the door, and turn until there is a hand's breadth of air below the tyre.
""",
        """\
title How to Change a Tyre
p You need: a jack, a wrench, a spare.
## Step 1: Loosen the nuts
p Do this before you raise the car, while the  … your wrench.
## Step 2: Raise the car
p Put the jack under the frame, not under the  … ow the tyre.""",
    ),
    "indent": (
        """\
                      THE VOYAGE
                     by A. Sailor

    We left the harbour at dawn, with a light wind from
the north-east and the tide behind us, and by noon we had
lost sight of land.
    Nobody spoke. The cook sang in the gal-
ley, and that was all.

                      CHAPTER II.

    The second day was like the first, only longer, and
the wind had gone round to the south.
""",
        """\
by A. Sailor
title THE VOYAGE
p We left the harbour at dawn, with a light wi … ght of land.
p Nobody spoke. The cook sang in the gal-ley,  … hat was all.
## CHAPTER II.
p The second day was like the first, only long … o the south.""",
    ),
    "legal": (
        """\
TERMS OF SERVICE

Last updated: January 5, 2025

1. DEFINITIONS

1.1. "Service" means the website and everything that is reached through it, whether or not one has paid for it.

1.2. "User" means anybody who uses the Service.

2. LIABILITY

2.1. The Service is provided as it is; it may be withdrawn at any time, in whole or in part, without any notice.

(a) without notice;
(b) without reason.
""",
        """\
on 2025-01-05
title TERMS OF SERVICE
## 1. DEFINITIONS
- 1.1. "Service" means the website and everyth … paid for it.
- 1.2. "User" means anybody who uses the Service.
## 2. LIABILITY
- 2.1. The Service is provided as it is; it ma …  any notice.
- (a) without notice;
- (b) without reason.""",
    ),
    "hash": (
        """\
# A heading in a text file

Some people write hashes in plain text files too, and they mean by it what everybody means, that this is a heading.

## Another

And so on, until the end of the text, which is here, at the end of this somewhat long and not very rich sentence.
""",
        """\
title A heading in a text file
p Some people write hashes in plain text files … s a heading.
### Another
p And so on, until the end of the text, which  … ch sentence.""",
    ),
    "review": (
        """\
** NIGHT BUS **
★★★★☆

A film about a bus, and about the eleven people who take it because they have nowhere else that they need to be.

"It never stops," says the driver. It never does.

Directed by: M. Lane
Length: 96 minutes
""",
        """\
title NIGHT BUS ★★★★☆
p A film about a bus, and about the eleven peo …  need to be.
p "It never stops," says the driver. It never does.
p Directed by: M. Lane Length: 96 minutes""",
    ),
    "manual": (
        """\
GETTING STARTED
===============

Turn the machine on and wait for the green light.

    $ clock --set 12:30
    ok

WARNING: Do not open the case.

1.  Press MENU.

2.  Choose LANGUAGE.

    a) English
    b) Deutsch

3.  Press OK.
""",
        """\
title GETTING STARTED
p Turn the machine on and wait for the green light.
code $ clock --set 12:30 / ok
p WARNING: Do not open the case.
1. Press MENU.
2. Choose LANGUAGE.
  - a) English
  - b) Deutsch
3. Press OK.""",
    ),
    "fable": (
        """\
The Fox and the Grapes

   A fox saw some grapes that hung from a vine high over
his head.
   "They are sour," he said, and went away with his nose
in the air.

Moral: It is easy to despise what you cannot get.
""",
        """\
title The Fox and the Grapes
p A fox saw some grapes that hung from a vine  … er his head.
p "They are sour," he said, and went away with …  in the air.
p Moral: It is easy to despise what you cannot get.""",
    ),
    "news digest": (
        """\
Weekly digest

* Council votes for the bridge: After nine years of
  argument the council voted seven to two.

* Swans return: Eleven were counted on Sunday.

Next week: the budget.
""",
        """\
title Weekly digest
- Council votes for the bridge: After nine yea … even to two.
- Swans return: Eleven were counted on Sunday.
p Next week: the budget.""",
    ),
    "schedule": (
        """\
Programme

10:00   Welcome          Hall A
10:30   Bees in winter   Hall B
12:00   Lunch

All talks are free.
""",
        """\
title Programme
table 10:00 | Welcome | Hall A / 10:30 | Bees in w … 2:00 | Lunch
p All talks are free.""",
    ),
    "dated post": (
        """\
Posted on Friday, May 10, 2024
by Ann Example

I did not want to write this, and for a week I did not, and then it was Friday and there it stood, all but written.
""",
        """\
by Ann Example
on 2024-05-10
p I did not want to write this, and for a week … but written.""",
    ),
    "speech": (
        """\
Remarks at the Opening of the Bridge
Delivered by the Mayor
Milton, 2 May 1908

Friends!

I have been told to be short.

[Laughter.]

I shall be shorter than the bridge, which is four hundred
and eleven feet from bank to bank, and stood in nobody's
way until today.

Thank you.
""",
        """\
p Remarks at the Opening of the Bridge Deliver … , 2 May 1908
p Friends!
p I have been told to be short.
p [Laughter.]
p I shall be shorter than the bridge, which is … until today.
p Thank you.""",
    ),
    "wire": (
        """\
By ANN EXAMPLE and BO VAN DYKE

LONDON (Reuters) - Shares fell on Monday for the third day running as traders waited for news of the talks in Geneva.
""",
        """\
by ANN EXAMPLE, BO VAN DYKE
p LONDON (Reuters) - Shares fell on Monday for … s in Geneva.""",
    ),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_is_read_as_the_blocks_a_reader_sees(kind: str, outline: Callable[[str], str]) -> None:
    """Speeches, manuals, terms, plays and mails: what heads, lists or quotes is told apart from what only looks so."""
    source, wanted = TEXTS[kind]

    assert outline(source) == wanted
