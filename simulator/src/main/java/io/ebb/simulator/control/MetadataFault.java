package io.ebb.simulator.control;

import java.time.Duration;
import java.time.Instant;

/** A misbehaviour of a machine's metadata service. */
public sealed interface MetadataFault {

    /** Answers with this status instead; 404, 410, 429 and 500 are what Azure does. */
    record Status(int status) implements MetadataFault {}

    /** Answers 200 with no body. */
    record EmptyBody() implements MetadataFault {}

    /** Waits before it answers. */
    record Hang(Duration duration) implements MetadataFault {}

    /** Shows no events until then, as a service does that was enabled just now. */
    record Blind(Instant until) implements MetadataFault {}

    /** Shows the document that it showed first since the fault is on. */
    record Stale() implements MetadataFault {}

    /** Lists each event twice. */
    record Duplicate() implements MetadataFault {}

    /** Machine names in upper case, event ids in lower case. */
    record OtherCase() implements MetadataFault {}

    /** Names a wrong day of the week in NotBefore. */
    record WrongWeekday() implements MetadataFault {}

    /** An approval of an id that is not listed is answered with 200 instead of 400. */
    record UnknownIdApproved() implements MetadataFault {}

    /** Every approval is answered with 500, and approves nothing. */
    record ApprovalsFail() implements MetadataFault {}

    /** Answers while the machine is frozen; otherwise it hangs then. */
    record AnswersDuringFreeze() implements MetadataFault {}

    /** More requests than this within a second are answered with 429. */
    record RateLimit(int perSecond) implements MetadataFault {}
}
