"""Whole plain texts of many kinds, each with the outline that a reader sees in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = {
    "interview": (
        """\
The Last Lamplighter of Gedney Street

Interview by Nora Haskell
12 May 2024

For forty years Tom Birch has lit the street lamps of one quiet quarter by hand. We met on a cold evening.

Nora Haskell: How did you come to the work?

Tom Birch: My father did it, and his father. I was eight when I first held the pole.

NH: Do you ever miss a night?

TB: Never. People set their clocks by me.

Q: What will you do when the last lamp goes?

A: Sit down, I should think.
""",
        """\
by Nora Haskell
on 2024-05-12
title The Last Lamplighter of Gedney Street
p For forty years Tom Birch has lit the street … old evening.
p Nora Haskell: How did you come to the work?
p Tom Birch: My father did it, and his father. … ld the pole.
p NH: Do you ever miss a night?
p TB: Never. People set their clocks by me.
p Q: What will you do when the last lamp goes?
p A: Sit down, I should think.""",
    ),
    "recipe": (
        """\
Grandmother's Plum Cake

Serves 8 | Preparation: 25 minutes

Ingredients

- 250 g flour
- 120 g butter, soft
- 3 eggs
- 1 kg plums

Method

1. Heat the oven to 180 °C.
2. Beat the butter with the sugar until it is pale, then
   add the eggs one at a time.
3. Fold in the flour.
4. Press the plums into the dough and bake for 45 minutes.

Tip: It tastes better the next day.
""",
        """\
title Grandmother's Plum Cake
p Serves 8 | Preparation: 25 minutes
p Ingredients
- 250 g flour
- 120 g butter, soft
- 3 eggs
- 1 kg plums
p Method
1. Heat the oven to 180 °C.
2. Beat the butter with the sugar until it is p … e at a time.
3. Fold in the flour.
4. Press the plums into the dough and bake for 45 minutes.
p Tip: It tastes better the next day.""",
    ),
    "press": (
        """\
FOR IMMEDIATE RELEASE

City Opens First Floating Library

HARWICH, 3 June 2025 -- The city of Harwich today opened a library on a barge. It holds twelve thousand books.

"Children can now borrow a book and feed the gulls at the same time," said the mayor, Elsa Lind.

About Harwich Libraries

Harwich Libraries runs nine branches and lends a million books a year to readers of every age.

Contact:
Press Office
press@harwich.example
+44 1255 000000

###
""",
        """\
p FOR IMMEDIATE RELEASE
title City Opens First Floating Library
p HARWICH, 3 June 2025 -- The city of Harwich  … usand books.
p "Children can now borrow a book and feed the … , Elsa Lind.
p About Harwich Libraries
p Harwich Libraries runs nine branches and len … f every age.
p Contact: Press Office press@harwich.example +44 1255 000000
-- ###""",
    ),
    "email": (
        """\
From: Ann Example <ann@example.org>
To: Bo Example <bo@example.org>
Subject: The boat
Date: Tue, 3 Jun 2025 10:12:00 +0100

Dear Bo,

The boat is ready. I painted it on Sunday, and by Monday evening it was dry enough to turn over.

> When can we go?

Friday, if the wind holds.

Yours,
Ann

--
Ann Example
Boats & Co.
""",
        """\
by Ann Example
on 2025-06-03
p Dear Bo,
p The boat is ready. I painted it on Sunday, a … o turn over.
> When can we go?
p Friday, if the wind holds.
p Yours, Ann
furniture -- Ann Example Boats & Co.""",
    ),
    "poem": (
        """\
The Heron

He stands as though the river were a thought
and he the one who had it. Nothing moves.
The water takes the light that it was taught
to carry, and it carries it, and proves

that patience is a kind of fishing too.
The reeds lean in. A moorhen says its name.
And when he strikes, the whole grey morning, new
and broken, closes over just the same.
""",
        """\
title The Heron
p He stands as though the river were a thought … , and proves
p that patience is a kind of fishing too. The  … st the same.""",
    ),
    "listicle": (
        """\
7 Ways to Sleep Better Tonight

Sleep is not a luxury. Here is what the studies of the last ten years agree on, and it costs nothing at all.

1. Put the phone away

Blue light is only half of it. The other half is what you read: nobody ever slept over an argument with a stranger.

2. Cool the room

Eighteen degrees are enough. Your body has to lose a degree to fall asleep, and a hot room will not let it.

3. Get up at the same time

Even on Sundays. It is the getting up, not the going to bed, that sets the clock inside you for the day.
""",
        """\
title 7 Ways to Sleep Better Tonight
p Sleep is not a luxury. Here is what the stud … hing at all.
## 1. Put the phone away
p Blue light is only half of it. The other hal …  a stranger.
## 2. Cool the room
p Eighteen degrees are enough. Your body has t …  not let it.
## 3. Get up at the same time
p Even on Sundays. It is the getting up, not t … for the day.""",
    ),
    "letter": (
        """\
14 Mill Lane
Ely
2 February 1931

Dear Mother,

We have come through the winter well enough, though the pump froze twice and Henry had to carry water from the Parkers.

The baby has two teeth.

Your loving daughter,
Grace

P.S. The parcel came.
""",
        """\
on 1931-02-02
title 14 Mill Lane Ely
p Dear Mother,
p We have come through the winter well enough, … the Parkers.
p The baby has two teeth.
p Your loving daughter, Grace
p P.S. The parcel came.""",
    ),
    "minutes": (
        """\
Minutes of the Parish Council

Held on 4 March 2025 in the village hall

Present: A. Moss (chair), J. Reed, P. Finch
Apologies: L. Crane

1. Minutes of the last meeting

The minutes were agreed and signed.

2. Footpaths

2.1 Mr Reed reported that the stile at Long Lane has been mended.
2.2 It was agreed to write to the county about the bridge.

3. Date of next meeting

The council will meet again on 1 April 2025 at 7.30 p.m.
""",
        """\
title Minutes of the Parish Council
p Held on 4 March 2025 in the village hall
p Present: A. Moss (chair), J. Reed, P. Finch  … es: L. Crane
## 1. Minutes of the last meeting
p The minutes were agreed and signed.
## 2. Footpaths
p 2.1 Mr Reed reported that the stile at Long  …  the bridge.
## 3. Date of next meeting
p The council will meet again on 1 April 2025 at 7.30 p.m.""",
    ),
    "changelog": (
        """\
What's new in version 4.2

Released 2024-11-05

New features:

* Export to PDF
* Dark mode, which follows
  the system
  - on macOS
  - on Windows
* Faster start

Bug fixes:

* A crash when the file was empty

Thanks to everybody who reported bugs.
""",
        """\
on 2024-11-05
title What's new in version 4.2
p New features:
- Export to PDF
- Dark mode, which follows the system
  - on macOS
  - on Windows
- Faster start
p Bug fixes:
- A crash when the file was empty
p Thanks to everybody who reported bugs.""",
    ),
    "story": (
        """\
THE DOOR IN THE WALL

I

One confidential evening, not three months ago, Lionel Wallace told me this story of the Door in the Wall.

    * * *

He told it me with such a direct simplicity of conviction that I could not do otherwise than believe in him.

II

I am more than a little inclined to think that he was speaking the truth, or what he took to be the truth.

THE END
""",
        """\
title THE DOOR IN THE WALL
## I
p One confidential evening, not three months a … in the Wall.
-- * * *
p He told it me with such a direct simplicity  … ieve in him.
## II
p I am more than a little inclined to think th … e the truth.
p THE END""",
    ),
    "essay": (
        """\
On Walking

by John Doe

“Solvitur ambulando”
— Diogenes

There is a kind of thinking that only happens at three miles an hour. I have tried it faster, and sitting down.

What the feet know
------------------

The feet know the weight of the day long before the head does; they drag, or they skip, and they are never wrong.

Notes
-----

[1] The phrase is older than Diogenes.
[2] See the chapter on roads.
""",
        """\
by John Doe
title On Walking
p “Solvitur ambulando” — Diogenes
p There is a kind of thinking that only happen … itting down.
## What the feet know
p The feet know the weight of the day long bef … never wrong.
## Notes
p [1] The phrase is older than Diogenes. [2] S … er on roads.""",
    ),
    "numbers": (
        """\
Quarterly report

Revenue rose. The table shows how:

Region     2023    2024
North      1,200   1,350
South        900     880

1. North is the larger
2. South is the smaller

Nothing else changed in the year under review, and nothing else is expected to.
""",
        """\
title Quarterly report
p Revenue rose. The table shows how:
table Region | 2023 | 2024 / North | 1,200 | 1,350 …  | 900 | 880
1. North is the larger
2. South is the smaller
p Nothing else changed in the year under revie … expected to.""",
    ),
    "german": (
        """\
Der letzte Sommer

Von Anna Beispiel
3. Mai 2024

Im Juni war das Wasser noch kalt, und wir gingen trotzdem hinein, weil es das letzte Jahr war, in dem wir Zeit hatten.

Zweiter Teil

Im August kam der Brief. Niemand öffnete ihn, denn jeder wußte, was darin stand und was es für uns alle hieß.
""",
        """\
by Anna Beispiel
on 2024-05-03
title Der letzte Sommer
p Im Juni war das Wasser noch kalt, und wir gi … Zeit hatten.
## Zweiter Teil
p Im August kam der Brief. Niemand öffnete ihn … s alle hieß.""",
    ),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_is_read_as_the_blocks_a_reader_sees(kind: str, outline: Callable[[str], str]) -> None:
    """Titles, facts, headings, lists, quotations and tables of a dozen kinds of article, nothing else among them."""
    source, wanted = TEXTS[kind]

    assert outline(source) == wanted
