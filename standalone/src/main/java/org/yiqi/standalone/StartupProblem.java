package org.yiqi.standalone;

/** Why the product cannot start, in one sentence that names the way out. */
class StartupProblem extends RuntimeException {

    StartupProblem(String sentence) {
        super(sentence);
    }

    StartupProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
