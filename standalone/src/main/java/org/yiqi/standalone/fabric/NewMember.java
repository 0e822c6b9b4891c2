package org.yiqi.standalone.fabric;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonPatchBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets an organisation into the channel: the members' administrators sign a change of its configuration. The steps are
 * those that an operator takes by hand; docs/fabric.md shows them.
 */
final class NewMember {

    private final Commands commands;
    private final Path work;

    NewMember(Layout layout, Commands commands) throws IOException {
        this.commands = commands;
        work = Files.createDirectories(layout.root().resolve("run/new-member"));
    }

    void admit(Organisation newcomer, List<Organisation> members) throws IOException, InterruptedException {
        Organisation proposer = members.get(0);
        Path block = work.resolve("config.block");
        List<String> fetch = new ArrayList<>(List.of("channel", "fetch", "config", block.toString()));
        fetch.addAll(commands.ordering());
        fetch.addAll(List.of("-c", Layout.CHANNEL));
        commands.asAdministrator(proposer.peer(), fetch.toArray(String[]::new));
        JsonObject config = decode(block, "common.Block")
                .getJsonObject("data")
                .getJsonArray("data")
                .getJsonObject(0)
                .getJsonObject("payload")
                .getJsonObject("data")
                .getJsonObject("config");
        Path before = encode("before", "common.Config", config);
        Path after = encode("after", "common.Config", with(newcomer, config));
        Path update = work.resolve("update.pb");
        commands.configtxlator(
                "compute_update",
                "--channel_id",
                Layout.CHANNEL,
                "--original",
                before.toString(),
                "--updated",
                after.toString(),
                "--output",
                update.toString());
        Path envelope = encode("envelope", "common.Envelope", envelope(decode(update, "common.ConfigUpdate")));
        // A majority of the administrators; the last of them submits, and signs by that.
        int majority = members.size() / 2 + 1;
        for (Organisation member : members.subList(0, majority - 1)) {
            commands.asAdministrator(member.peer(), "channel", "signconfigtx", "-f", envelope.toString());
        }
        List<String> submit = new ArrayList<>(List.of("channel", "update", "-f", envelope.toString()));
        submit.addAll(commands.ordering());
        submit.addAll(List.of("-c", Layout.CHANNEL));
        commands.asAdministrator(members.get(majority - 1).peer(), submit.toArray(String[]::new));
    }

    private JsonObject with(Organisation newcomer, JsonObject config) throws IOException, InterruptedException {
        Path settings = Files.createDirectories(work.resolve("settings"));
        Files.writeString(settings.resolve("configtx.yaml"), ChannelConfiguration.memberAlone(newcomer));
        JsonObject member;
        try (JsonReader reader =
                Json.createReader(new StringReader(commands.configtxgen(settings, "-printOrg", newcomer.msp())))) {
            member = reader.readObject();
        }
        JsonPatchBuilder patch =
                Json.createPatchBuilder().add("/channel_group/groups/Application/groups/" + newcomer.msp(), member);
        return patch.build().apply(config);
    }

    private static JsonObject envelope(JsonObject update) {
        return Json.createObjectBuilder()
                .add(
                        "payload",
                        Json.createObjectBuilder()
                                .add(
                                        "header",
                                        Json.createObjectBuilder()
                                                .add(
                                                        "channel_header",
                                                        Json.createObjectBuilder()
                                                                .add("channel_id", Layout.CHANNEL)
                                                                .add("type", 2)))
                                .add("data", Json.createObjectBuilder().add("config_update", update)))
                .build();
    }

    private JsonObject decode(Path binary, String type) throws IOException, InterruptedException {
        Path json = work.resolve(binary.getFileName() + ".json");
        commands.configtxlator(
                "proto_decode", "--type", type, "--input", binary.toString(), "--output", json.toString());
        try (Reader in = Files.newBufferedReader(json);
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }

    private Path encode(String name, String type, JsonObject content) throws IOException, InterruptedException {
        Path json = Files.writeString(work.resolve(name + ".json"), content.toString());
        Path binary = work.resolve(name + ".pb");
        commands.configtxlator(
                "proto_encode", "--type", type, "--input", json.toString(), "--output", binary.toString());
        return binary;
    }
}
