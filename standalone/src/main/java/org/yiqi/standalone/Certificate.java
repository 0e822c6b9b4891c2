package org.yiqi.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The self-made certificate of the HTTPS port: one key per instance, never one that ships with a server. */
final class Certificate {

    static final String ALIAS = "yiqi";
    private static final int DAYS = 398;

    private Certificate() {}

    static Path createIfMissing(DataFolder data, Secrets secrets) throws IOException, InterruptedException {
        Path store = data.resolve("tls.p12");
        Instant renewal = Instant.now().minus(Duration.ofDays(DAYS - 30));
        if (Files.exists(store) && Files.getLastModifiedTime(store).toInstant().isAfter(renewal)) {
            return store;
        }
        Files.deleteIfExists(store);
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                String.valueOf(DAYS),
                "-dname",
                "CN=localhost, O=Yiqi standalone",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "YIQI_STORE_PASSWORD");
        keytool.environment().put("YIQI_STORE_PASSWORD", secrets.get("tls.keystore"));
        keytool.redirectErrorStream(true)
                .redirectOutput(data.newLog("keytool.log").toFile());
        Process process = keytool.start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new StartupProblem(
                    "Could not make a certificate: see " + data.logs().resolve("keytool.log") + ".");
        }
        return store;
    }
}
