package org.yiqi.organisation;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;

/**
 * The way into an empty platform without demo data: two organisations that nobody could vouch for, the platform and a
 * health regulator, each with one administrator whose random password stands in {@code first-login.txt} until changed.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class FirstLogin {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    Clock clock;

    @Inject
    @ConfigProperty(name = "yiqi.demo")
    boolean demo;

    @Inject
    @ConfigProperty(name = "yiqi.data.dir")
    String dataDir;

    @PostConstruct
    void prepare() {
        Sql sql = Sql.over(dataSource);
        if (demo || sql.exists("select 1 from organisation.organisation")) {
            return;
        }
        String text = founder(sql, "PLATFORM", "平台运营中心", "Platform Operations", null, "platform.admin")
                + founder(sql, "REGULATOR", "卫生健康主管部门", "Health Authority", "HEALTH", "regulator.admin");
        try {
            write(Files.createDirectories(Path.of(dataDir)).resolve("first-login.txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("The first accounts could not be written to the data folder", e);
        }
    }

    private String founder(
            Sql sql, String kind, String nameZh, String nameEn, @Nullable String remit, String username) {
        Instant now = clock.instant();
        UUID org = Ids.next();
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        sql.update("""
                insert into organisation.organisation(id, kind, name_zh, name_en, credit_code, region_code, remit, status, created_at)
                values (?,?,?,?,?,'000000',?,'APPROVED',?)""", org, kind, nameZh, nameEn, "FOUNDER-" + kind, remit, now);
        UUID person = Registration.addPerson(sql, username, password, username, "zh-CN", now);
        Registration.addMembership(sql, person, org, "", List.of(Roles.ORG_ADMIN), now);
        return username + " " + password + "\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
