/* SPDX-License-Identifier: Apache-2.0 */

/* The read-write lock of tulip.core.sync, in the words of its RwLock: who must wait stands in a
   list, and whoever leaves hands the lock over at once.

   A task of a loop has the turn from one wait to the next, so that what it does in between is
   atomic. Each task wants the lock again and again: the search covers histories of any length. A
   task may be cancelled whenever it waits.

   READERS, WRITERS: how many there are; PHASE_FAIR, CANCEL: 0 or 1 */

#define TASKS (READERS + WRITERS)
#define WRITES(task) (task >= READERS)

byte reading, writing;             /* who holds it */
byte readers_waiting;              /* readers are let in together: their order does not matter */
chan writers_waiting = [WRITERS] of { byte };
bool waits[TASKS];
bool granted[TASKS];               /* the lock was handed to this task, which has not run since */
bool aborted[TASKS];               /* its wait was cancelled, and it has not run since */
byte overtaken[TASKS];             /* so many writers began while this reader waited */
byte writers_aborted;

/* Its turn in the lock begins. */
inline enter(task) {
  if
  :: WRITES(task) ->
     writing++;
     i = 0;
     do
     :: i < READERS ->
        if
        :: waits[i] && PHASE_FAIR -> overtaken[i]++; assert(overtaken[i] <= 1)
        :: else
        fi;
        i++
     :: else -> break
     od
  :: else -> reading++
  fi
}

inline grant(task) {
  waits[task] = false;
  granted[task] = true;
  enter(task)
}

/* Lets in whoever may come next. */
inline admit(after_writing) {
  if
  :: writing > 0
  :: writing == 0 && readers_waiting > 0 &&
     (len(writers_waiting) == 0 || (PHASE_FAIR && after_writing)) ->
     other = 0;
     do
     :: other < READERS ->
        if
        :: waits[other] -> grant(other)
        :: else
        fi;
        other++
     :: else -> break
     od;
     readers_waiting = 0
  :: else ->
     if
     :: reading == 0 && len(writers_waiting) > 0 -> writers_waiting?other; grant(other)
     :: else
     fi
  fi
}

/* Nobody waits in vain. A writer that was cancelled lets the readers behind it in when it has its
   turn. */
inline check() {
  assert(writing == 0 || (writing == 1 && reading == 0));
  assert(len(writers_waiting) == 0 || writing + reading > 0);
  assert(readers_waiting == 0 || writing + len(writers_waiting) + writers_aborted > 0)
}

proctype Task(byte me) {
  byte other, i;
outside:
  atomic {
    if
    :: !WRITES(me) && writing == 0 && len(writers_waiting) == 0 -> enter(me)
    :: WRITES(me) && writing + reading == 0 -> enter(me)
    :: else ->
       waits[me] = true;
       if
       :: WRITES(me) -> writers_waiting!me
       :: else -> readers_waiting++
       fi;
       check();
       (granted[me] || aborted[me]); /* the turn goes to others */
       if
       :: WRITES(me)
       :: else -> overtaken[me] = 0
       fi;
       if
       :: granted[me] -> granted[me] = false
       :: else ->
          aborted[me] = false;
          if
          :: WRITES(me) -> writers_aborted--
          :: else
          fi;
          admit(false);
          check();
          goto outside
       fi
    fi
  }
inside:
  atomic {
    if
    :: WRITES(me) -> writing--
    :: else -> reading--
    fi;
    admit(WRITES(me));
    check();
    goto outside
  }
}

/* A wait that is cancelled leaves its list at that moment, unless the lock was handed to it. */
inline cancel(task) {
  waits[task] = false;
  aborted[task] = true;
  if
  :: WRITES(task) -> writers_waiting??eval(task); writers_aborted++
  :: else -> readers_waiting--
  fi
}

active proctype Canceller() {
  byte task;
end:
  do
  :: atomic {
       CANCEL -> select (task : 0 .. TASKS - 1);
       if
       :: waits[task] -> cancel(task)
       :: else
       fi
     }
  od
}

init {
  byte task = 0;
  atomic {
    do
    :: task < TASKS -> run Task(task); task++
    :: else -> break
    od
  }
}

/* With every task getting its turn now and then: who waits for the lock does not wait for ever. */
ltl reader_enters { [] (waits[0] -> <> !waits[0]) }
ltl writer_enters { [] (waits[TASKS - 1] -> <> !waits[TASKS - 1]) }
