package org.yiqi.standalone;

/** Why the product cannot start, in one sentence that names the way out. */
public final class StartupProblem extends RuntimeException {

    public StartupProblem(String sentence) {
        super(sentence);
    }

    public StartupProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
