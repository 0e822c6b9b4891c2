package org.yiqi.tools;

import org.yiqi.tools.bid.Bid;
import org.yiqi.tools.open.Open;
import org.yiqi.tools.sign.Sign;
import org.yiqi.tools.simulate.Simulate;
import org.yiqi.tools.time.TimeAuthority;
import org.yiqi.tools.verify.Verify;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of {@code yiqi-tools.jar}. */
@Command(
        name = "yiqi-tools",
        description = "Tools of Yiqi that run away from the platform.",
        mixinStandardHelpOptions = true,
        subcommands = {Bid.class, Open.class, Sign.class, Simulate.class, TimeAuthority.class, Verify.class})
public final class Tools {

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Tools())
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    System.err.println("yiqi: " + problem.getMessage());
                    return 1;
                })
                .execute(arguments));
    }
}
