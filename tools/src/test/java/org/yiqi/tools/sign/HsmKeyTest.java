package org.yiqi.tools.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.Act;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.SignatureAlgorithm;

/**
 * The command with a key in a token, by PKCS#11: SoftHSM, if the machine has it (Debian: {@code softhsm2}). {@code SOFTHSM2_UTIL}
 * and {@code SOFTHSM2_LIB} name its parts where they are elsewhere.
 */
class HsmKeyTest {

    private static final String PIN = "482913";

    @TempDir
    Path dir;

    @Test
    void aKeyInATokenSignsWithoutEverLeavingIt() throws Exception {
        String library = library();
        assumeTrue(
                library != null && hasUtility(),
                "no SoftHSM here: apt install softhsm2, or set SOFTHSM2_LIB and SOFTHSM2_UTIL");
        Files.createDirectories(dir.resolve("tokens"));
        Files.writeString(
                dir.resolve("softhsm2.conf"),
                "directories.tokendir = " + dir.resolve("tokens")
                        + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        Path conf = dir.resolve("pkcs11.conf");
        Files.writeString(conf, "name = SoftHSM\nlibrary = " + library + "\nslotListIndex = 0\n");
        Files.writeString(dir.resolve("pin"), PIN);
        Files.writeString(dir.resolve("token"), "secret-token");
        run(0, utility(), "--init-token", "--free", "--label", "yiqi", "--so-pin", "771204", "--pin", PIN);
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        run(
                0,
                java + "/keytool",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-alias",
                "acts",
                "-dname",
                "CN=People's Hospital",
                "-storetype",
                "PKCS11",
                "-addprovider",
                "SunPKCS11",
                "-providerarg",
                conf.toString(),
                "-storepass",
                PIN);
        try (LedgerDesk desk = new LedgerDesk()) {
            run(0, command(java, desk, conf, "register"));
            OrganisationKey key = LedgerQueries.keys(desk.org, desk.state).get(0);
            assertEquals(SignatureAlgorithm.ECDSA_P256_SHA256, key.alg());
            assertEquals(OrganisationKey.Custody.HELD, key.custody());
            Act act = desk.await(desk.registration(desk.org, LedgerDesk.NOON));
            String said = run(0, command(java, desk, conf, "--yes"));
            assertTrue(said.contains("→ signed"), said);
            assertEquals("RECORDED", desk.outcomes.get(act.id()));
            Files.writeString(dir.resolve("pin"), "000000");
            run(2, command(java, desk, conf, "--list"));
        }
    }

    private String[] command(String java, LedgerDesk desk, Path conf, String what) {
        List<String> all = new ArrayList<>(List.of(
                java + "/java",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "org.yiqi.tools.Tools",
                "sign"));
        if (what.equals("register")) {
            all.add(what);
        }
        all.addAll(List.of(
                "--url",
                desk.url(),
                "--token-file",
                dir.resolve("token").toString(),
                "--pkcs11",
                conf.toString(),
                "--passphrase-file",
                dir.resolve("pin").toString(),
                "--lang",
                "en"));
        if (!what.equals("register")) {
            all.add(what);
        }
        return all.toArray(String[]::new);
    }

    private String run(int expected, String... command) throws IOException, InterruptedException {
        Path log = dir.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SOFTHSM2_CONF", dir.resolve("softhsm2.conf").toString());
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "hangs: " + String.join(" ", command));
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        assertEquals(expected, process.exitValue(), said);
        return said;
    }

    private static String library() {
        return Stream.of(
                        System.getenv().getOrDefault("SOFTHSM2_LIB", ""),
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so",
                        "/opt/homebrew/lib/softhsm/libsofthsm2.so")
                .filter(path -> !path.isEmpty() && new File(path).exists())
                .findFirst()
                .orElse(null);
    }

    private static String utility() {
        return System.getenv().getOrDefault("SOFTHSM2_UTIL", "softhsm2-util");
    }

    private static boolean hasUtility() throws InterruptedException {
        try {
            return new ProcessBuilder(utility(), "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
