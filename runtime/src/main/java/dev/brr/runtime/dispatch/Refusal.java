package dev.brr.runtime.dispatch;

import dev.brr.runtime.problem.Problem;

/** Ends the way of a request with a problem. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    Refusal(Problem problem) {
        this(Reply.of(problem));
    }

    Refusal(Reply reply) {
        super(null, null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
