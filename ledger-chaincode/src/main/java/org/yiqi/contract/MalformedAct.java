package org.yiqi.contract;

/** A document that is not an act in canonical form: it is refused before any rule looks at it. */
public final class MalformedAct extends RuntimeException {

    public MalformedAct(String message) {
        super(message);
    }

    public MalformedAct(String message, Throwable cause) {
        super(message, cause);
    }
}
