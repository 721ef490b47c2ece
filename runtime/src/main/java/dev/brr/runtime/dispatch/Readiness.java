package dev.brr.runtime.dispatch;

/** Whether the service wants requests. It begins ready, and ends so once it is told to stop. */
public final class Readiness {
    private volatile boolean ready = true;

    public boolean isReady() {
        return ready;
    }

    /** Says from now on that no more requests are wanted. */
    public void end() {
        ready = false;
    }
}
